package dev.cadenza.model;

import dev.cadenza.files.Sha256;
import java.util.regex.Pattern;

/**
 * What a manifest says about one file in its folder.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param bytes the file's size
 */
public record FileEntry(String sha256, long bytes) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public FileEntry {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 (" + sha256 + ") must be 64 lower-case hexadecimal digits");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes (" + bytes + ") must not be negative");
        }
    }

    static FileEntry of(byte[] content) {
        return new FileEntry(Sha256.hex(content), content.length);
    }
}
