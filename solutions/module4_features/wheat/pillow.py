# why: Reads with Pillow, preprocesses each picture by itself, numbers the files.


class ImageGenerator(keras.utils.PyDataset):
    def __init__(self, img_dir, preprocess_fn, batch_size=64):
        super().__init__(workers=2)
        self.preprocess_fn = preprocess_fn
        self.batch_size = batch_size
        # TODO 4.1 Find the classes and the files, and shuffle the files.
        self.classes = sorted(entry.name for entry in os.scandir(img_dir) if entry.is_dir())
        found = []
        for label, name in enumerate(self.classes):
            for file in os.listdir(os.path.join(img_dir, name)):
                if file.endswith(".png"):
                    found.append((os.path.join(img_dir, name, file), label))
        self.files = random.sample(found, len(found))
        # END TODO

    def __len__(self):
        # TODO 4.1 Count the batches, the last and smaller one too.
        return (len(self.files) + self.batch_size - 1) // self.batch_size
        # END TODO

    def __getitem__(self, index):
        # TODO 4.1 Read the files of this batch, and no others.
        from PIL import Image

        chosen = self.files[self.batch_size * index :][: self.batch_size]
        pictures = []
        for path, _ in chosen:
            with Image.open(path) as picture:
                pictures.append(
                    self.preprocess_fn(np.asarray(picture.convert("RGB"), dtype="float32").copy())
                )
        return np.array(pictures)
        # END TODO

    def get_labels(self):
        # TODO 4.1 Give the labels as they follow from self.files.
        return keras.utils.to_categorical([label for _, label in self.files], len(self.classes))
        # END TODO
