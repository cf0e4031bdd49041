package dev.cadenza.trainer.corpus;

import dev.cadenza.files.FileProblem;
import dev.cadenza.files.Printable;
import dev.cadenza.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The MIDI files of a folder or zip, each with its split and the hash of its content.
 *
 * <p>Opening reads every file once to hash it; nothing stays open.
 *
 * @param name what the corpus calls itself: {@code maestro-v3.0.0}, or the folder's name
 * @param official true when the split is the publisher's own
 * @param files sorted by path
 * @param skipped path to reason, for files left out before reading
 * @param sha256 over the paths, splits and hashes of all files: the identity of the corpus
 */
public record Corpus(
        String name, boolean official, List<CorpusFile> files, Map<String, String> skipped, String sha256) {

    private static final long VALIDATION_BELOW = 0x1_0000_0000L / 10;
    private static final long TEST_BELOW = 2 * VALIDATION_BELOW;

    public Corpus {
        files = List.copyOf(files);
        skipped = Map.copyOf(skipped);
    }

    /**
     * Lists a corpus.
     *
     * @param data a folder of MIDI files, searched to the bottom, or a zip of one
     * @throws CorpusFormatException when there is no MIDI file in it or MAESTRO's csv contradicts its files
     */
    public static Corpus open(Path data) throws IOException, CorpusFormatException {
        if (!Files.exists(data)) {
            throw new CorpusFormatException(data + ": no such file or folder");
        }
        try (CorpusSource source = CorpusSource.of(data)) {
            List<String> paths = source.paths();
            List<String> midi = paths.stream().filter(Corpus::isMidi).sorted().toList();
            if (midi.isEmpty()) {
                throw new CorpusFormatException(data + ": no .mid or .midi file in it"
                        + (source.unreadable().isEmpty()
                                ? ""
                                : "; not all of it can be read: "
                                        + source.unreadable()
                                                .entrySet()
                                                .iterator()
                                                .next()));
            }
            List<String> tables =
                    paths.stream().filter(MaestroTable::isTable).sorted().toList();
            if (tables.size() > 1) {
                throw new CorpusFormatException(data + ": more than one MAESTRO table: " + tables);
            }
            return tables.isEmpty()
                    ? byHash(data, source, midi)
                    : official(source, midi, MaestroTable.read(source, tables.get(0)));
        }
    }

    private static boolean isMidi(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        String file = lower.substring(lower.lastIndexOf('/') + 1);
        return (lower.endsWith(".mid") || lower.endsWith(".midi"))
                && !file.startsWith(".")
                && !lower.startsWith("__macosx/");
    }

    private static Corpus official(CorpusSource source, List<String> midi, MaestroTable table)
            throws CorpusFormatException {
        List<CorpusFile> files = new ArrayList<>();
        Map<String, String> skipped = new TreeMap<>(source.unreadable());
        for (String path : midi) {
            Split split = table.splitOf(path);
            if (split == null) {
                skipped.put(path, "not listed in " + table.path());
            } else {
                files.add(new CorpusFile(path, split, listed(source, path, table)));
            }
        }
        List<String> missing = table.missingFrom(midi);
        if (!missing.isEmpty()) {
            throw new CorpusFormatException(table.path() + " lists " + missing.size() + " files that are not there, "
                    + missing.get(0) + " first; the corpus is incomplete");
        }
        return new Corpus(table.name(), true, files, skipped, identity(files));
    }

    /** The hash of a file that belongs to a published split: without it the split is not the published one. */
    private static String listed(CorpusSource source, String path, MaestroTable table) throws CorpusFormatException {
        try {
            return Sha256.hex(source.bytes(path));
        } catch (IOException e) {
            throw new CorpusFormatException(
                    path + ", which " + table.path() + " lists, cannot be read: " + FileProblem.reason(e), e);
        }
    }

    private static Corpus byHash(Path data, CorpusSource source, List<String> midi) {
        List<CorpusFile> files = new ArrayList<>();
        Map<String, String> skipped = new TreeMap<>(source.unreadable());
        Map<String, String> seen = new HashMap<>();
        for (String path : midi) {
            String sha256;
            try {
                sha256 = Sha256.hex(source.bytes(path));
            } catch (IOException e) {
                skipped.put(path, FileProblem.reason(e));
                continue;
            }
            String twin = seen.putIfAbsent(sha256, path);
            if (twin != null) {
                skipped.put(path, "same content as " + twin);
            } else {
                files.add(new CorpusFile(path, splitByHash(sha256), sha256));
            }
        }
        fill(files, Split.VALIDATION);
        fill(files, Split.TEST);
        Path fileName = data.toAbsolutePath().normalize().getFileName();
        return new Corpus(
                fileName == null ? "corpus" : Printable.of(fileName.toString()),
                false,
                files,
                skipped,
                identity(files));
    }

    /** Moves the training file of the lowest hash to a split that is empty, when another is left to train on. */
    private static void fill(List<CorpusFile> files, Split split) {
        List<CorpusFile> training = files.stream()
                .filter(file -> file.split() == Split.TRAIN)
                .sorted(Comparator.comparing(CorpusFile::sha256))
                .toList();
        if (training.size() > 1 && files.stream().noneMatch(file -> file.split() == split)) {
            CorpusFile moved = training.get(0);
            files.set(files.indexOf(moved), new CorpusFile(moved.path(), split, moved.sha256()));
        }
    }

    static Split splitByHash(String sha256) {
        long head = Long.parseLong(sha256.substring(0, 8), 16);
        if (head < VALIDATION_BELOW) {
            return Split.VALIDATION;
        }
        return head < TEST_BELOW ? Split.TEST : Split.TRAIN;
    }

    private static String identity(List<CorpusFile> files) {
        StringBuilder lines = new StringBuilder();
        for (CorpusFile file : files) {
            lines.append(file.path())
                    .append('\t')
                    .append(file.split().label())
                    .append('\t')
                    .append(file.sha256())
                    .append('\n');
        }
        return Sha256.hex(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
