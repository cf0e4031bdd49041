package dev.cadenza.trainer.fetch;

import java.net.URI;

/**
 * A file that somebody publishes.
 *
 * @param uri where, http or https
 * @param name its name here, without a folder
 * @param sha256 64 lower-case hexadecimal digits
 */
record PublishedFile(URI uri, String name, String sha256) {
    PublishedFile {
        String scheme = uri.getScheme();
        if (uri.getHost() == null || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException("uri (" + uri + ") must be an http or https address");
        }
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("name (" + name + ") must be a plain file name");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 (" + sha256 + ") must be 64 lower-case hexadecimal digits");
        }
    }

    PublishedFile at(URI other) {
        return new PublishedFile(other, name, sha256);
    }
}
