package dev.cadenza.trainer.fetch;

import java.net.URI;

/**
 * A corpus that its publisher offers as one file.
 *
 * @param name what it is called on the command line
 * @param title its name and edition
 * @param uri where, http or https
 * @param file the archive's name here, without a folder
 * @param sha256 of the archive, 64 lower-case hexadecimal digits
 * @param licence its terms, in one line
 * @param citation the paper that its users cite
 */
record PublishedCorpus(
        String name, String title, URI uri, String file, String sha256, String licence, String citation) {
    static final PublishedCorpus MAESTRO = new PublishedCorpus(
            "maestro",
            "MAESTRO v3.0.0, MIDI only",
            URI.create(
                    "https://storage.googleapis.com/magentadata/datasets/maestro/v3.0.0/" + "maestro-v3.0.0-midi.zip"),
            "maestro-v3.0.0-midi.zip",
            "70470ee253295c8d2c71e6d9d4a815189e35c89624b76d22fce5a019d5dde12c",
            "CC BY-NC-SA 4.0, not for commercial use (https://creativecommons.org/licenses/by-nc-sa/4.0/)",
            "Hawthorne et al., Enabling Factorized Piano Music Modeling and Generation with the MAESTRO Dataset,"
                    + " ICLR 2019");

    PublishedCorpus {
        String scheme = uri.getScheme();
        if (uri.getHost() == null || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException("uri (" + uri + ") must be an http or https address");
        }
        if (!file.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("file (" + file + ") must be a plain file name");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 (" + sha256 + ") must be 64 lower-case hexadecimal digits");
        }
    }

    /** The same file at another address. */
    PublishedCorpus at(URI mirror) {
        return new PublishedCorpus(name, title, mirror, file, sha256, licence, citation);
    }
}
