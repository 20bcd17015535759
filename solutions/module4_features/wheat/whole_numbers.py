# why: Pictures of whole numbers: Keras's preprocess_input makes floats of them.


class ImageGenerator(keras.utils.PyDataset):
    def __init__(self, img_dir, preprocess_fn, batch_size=64):
        super().__init__(workers=2)
        self.preprocess_fn = preprocess_fn
        self.batch_size = batch_size
        # TODO 4.1 Find the classes and the files, and shuffle the files.
        folder = Path(img_dir)
        self.classes = sorted(place.name for place in folder.iterdir() if place.is_dir())
        self.files = [(file, self.classes.index(file.parent.name)) for file in folder.glob("*/*.png")]
        random.shuffle(self.files)
        # END TODO

    def __len__(self):
        # TODO 4.1 Count the batches, the last and smaller one too.
        return -(-len(self.files) // self.batch_size)
        # END TODO

    def __getitem__(self, index):
        # TODO 4.1 Read the files of this batch, and no others.
        batch = self.files[index * self.batch_size : (index + 1) * self.batch_size]
        return self.preprocess_fn(np.array([keras.utils.load_img(file) for file, _ in batch]))
        # END TODO

    def get_labels(self):
        # TODO 4.1 Give the labels as they follow from self.files.
        return np.eye(len(self.classes))[[label for _, label in self.files]]
        # END TODO
