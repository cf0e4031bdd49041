package dev.cadenza.trainer.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Checkpoints with changed contents. */
final class CheckpointFiles {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** Those of a good one. */
    static CheckpointFiles of(Path checkpoint) throws IOException {
        CheckpointFiles files = new CheckpointFiles();
        try (ZipFile zip = new ZipFile(checkpoint.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                files.entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }

    CheckpointFiles with(String entry, byte[] content) {
        entries.put(entry, content);
        return this;
    }

    CheckpointFiles without(String entry) {
        entries.remove(entry);
        return this;
    }

    /** An entry as text. */
    String content(String entry) {
        return new String(Objects.requireNonNull(entries.get(entry)), StandardCharsets.UTF_8);
    }

    /** Changes the text of the network. */
    CheckpointFiles network(String from, String to) {
        String json = content("configuration.json");
        if (!json.contains(from)) {
            throw new IllegalArgumentException("no " + from + " in the network");
        }
        return with("configuration.json", json.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces eight bytes of an array's header. */
    CheckpointFiles header(String entry, int at, long value) throws IOException {
        byte[] content = Objects.requireNonNull(entries.get(entry)).clone();
        ByteArrayOutputStream number = new ByteArrayOutputStream();
        new DataOutputStream(number).writeLong(value);
        System.arraycopy(number.toByteArray(), 0, content, at, Long.BYTES);
        return with(entry, content);
    }

    Path write(Path to) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return to;
    }

    /** The same with an entry of that many equal bytes, which are never in memory together. */
    Path writeBomb(Path to, String bomb, long bytes) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                if (entry.getKey().equals(bomb)) {
                    fill(out, bytes);
                } else {
                    out.write(entry.getValue());
                }
            }
        }
        return to;
    }

    private static void fill(OutputStream out, long bytes) throws IOException {
        byte[] block = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        for (long left = bytes; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
        }
    }
}
