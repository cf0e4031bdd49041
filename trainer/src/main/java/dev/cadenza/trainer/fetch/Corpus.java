package dev.cadenza.trainer.fetch;

import java.net.URI;

/**
 * A corpus that can be fetched.
 *
 * @param name what it is called on the command line
 * @param title its name and edition
 * @param file the archive
 * @param licence its terms, in one line
 * @param citation the paper that its users cite
 */
record Corpus(String name, String title, PublishedFile file, String licence, String citation) {
    static final Corpus MAESTRO = new Corpus(
            "maestro",
            "MAESTRO v3.0.0, MIDI only",
            new PublishedFile(
                    URI.create("https://storage.googleapis.com/magentadata/datasets/maestro/v3.0.0/"
                            + "maestro-v3.0.0-midi.zip"),
                    "maestro-v3.0.0-midi.zip",
                    "70470ee253295c8d2c71e6d9d4a815189e35c89624b76d22fce5a019d5dde12c"),
            "CC BY-NC-SA 4.0, not for commercial use (https://creativecommons.org/licenses/by-nc-sa/4.0/)",
            "Hawthorne et al., Enabling Factorized Piano Music Modeling and Generation with the MAESTRO Dataset,"
                    + " ICLR 2019");
}
