package dev.cadenza.trainer.study;

import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.roll.RollCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The study's corpora, read when they are first asked for. One thread. */
public final class StudyData {
    /** Encodes MAESTRO, or whatever corpus of MIDI files. */
    @FunctionalInterface
    public interface Encoding {
        EncodedCorpus of(int ticksPerSecond) throws IOException, CorpusFormatException;
    }

    /** Ticks per second that both presets read. */
    public static final int TICKS_PER_SECOND = 1000;

    private static final String NAME = "[a-z0-9][a-z0-9_-]*";

    private final Encoding encoding;
    private final Path rollFolder;
    private final Path folder;
    private @Nullable EncodedCorpus performances;
    private @Nullable List<RollCorpus> rolls;

    /** @param folder of the study, which knows what it was begun with */
    StudyData(Encoding encoding, Path rollFolder, Path folder) {
        this.folder = folder;
        this.encoding = encoding;
        this.rollFolder = rollFolder;
    }

    /** The corpus of performances. */
    public EncodedCorpus performances() throws IOException, CorpusFormatException {
        EncodedCorpus read = performances;
        if (read == null) {
            read = encoding.of(TICKS_PER_SECOND);
            read.requireTrainable();
            StudyIdentity.checkPerformances(folder, read.corpus().sha256());
            performances = read;
        }
        return read;
    }

    /**
     * Every {@code .json} and {@code .json.gz} of the folder, by name.
     *
     * @throws CorpusFormatException when there is none, or one is not a corpus of piano rolls
     */
    public List<RollCorpus> rolls() throws IOException, CorpusFormatException {
        List<RollCorpus> read = rolls;
        if (read == null) {
            read = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (Path file : rollFiles()) {
                RollCorpus corpus = RollCorpus.read(file);
                if (!corpus.name().matches(NAME)) {
                    throw new CorpusFormatException(
                            file + ": its name must be of " + NAME + ": figures and models are named after it");
                }
                if (!names.add(corpus.name())) {
                    throw new CorpusFormatException(file + ": there is another corpus of that name");
                }
                if (corpus.rolls(Split.TEST).isEmpty()) {
                    throw new CorpusFormatException(file + ": no sequence in its test split");
                }
                read.add(corpus);
            }
            rolls = read;
        }
        return read;
    }

    private List<Path> rollFiles() throws IOException, CorpusFormatException {
        if (!Files.isDirectory(rollFolder)) {
            throw new CorpusFormatException(rollFolder + ": no such folder of piano rolls");
        }
        try (Stream<Path> files = Files.list(rollFolder)) {
            List<Path> found = files.filter(file ->
                            file.toString().endsWith(".json") || file.toString().endsWith(".json.gz"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new CorpusFormatException(rollFolder + ": no .json or .json.gz file of piano rolls in it");
            }
            return found;
        }
    }
}
