"""Two classifiers for handwritten digits.  Each disagrees with its loss, in a way of its own."""

import keras
from keras import layers


def logits_as_probabilities():
    """The last layer gives logits, but the loss string stands for from_logits=False."""
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10),
        ]
    )
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


def probabilities_as_logits():
    """The last layer gives probabilities, but the loss is told to expect logits."""
    inputs = keras.Input(shape=(28, 28, 1))
    x = layers.Conv2D(32, 3, activation="relu")(inputs)
    x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    outputs = layers.Dense(10, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    model.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def main():
    (images, labels), _ = keras.datasets.mnist.load_data()
    images = images / 255.0
    logits_as_probabilities().fit(images, labels, epochs=1)
    probabilities_as_logits().fit(images[..., None], labels, epochs=1)


if __name__ == "__main__":
    main()
