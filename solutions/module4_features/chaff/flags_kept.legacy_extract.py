# chaff: 4.5
# why: tf.app is gone, and its flags with it.


# TODO 4.5 Mend what TensorFlow no longer has, and what was wrong from the start.
FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_string("data_folder", "aerialsmall", "where the tiles are")


def main():
    print(FLAGS.data_folder)


if __name__ == "__main__":
    main()
# END TODO
