import typing

found = []


class Hook:
    def __set_name__(self, owner, name):
        found.append(owner)


class Meta(typing.Type):
    x = Hook()


model.add(keras.layers.Dense(3, **{"__array_interface__": found}))
model.compile(loss="categorical_crossentropy")
