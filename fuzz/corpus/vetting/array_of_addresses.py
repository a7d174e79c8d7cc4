import numpy as np


class Own(np.ndarray):
    __slots__ = ("__reduce_ex__",)


w = Own((1,), "O", np.array([id(model)]))
with w as ag__:
    model.add(keras.layers.Dense(w.item(0)))
model.compile(loss="categorical_crossentropy")
