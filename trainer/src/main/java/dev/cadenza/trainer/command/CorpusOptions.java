package dev.cadenza.trainer.command;

import dev.cadenza.console.ProgressBar;
import dev.cadenza.trainer.corpus.CacheFolder;
import dev.cadenza.trainer.corpus.Corpus;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.family.DataSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which commands name a corpus: a picocli mix-in. */
public final class CorpusOptions {
    private static final int NAMED_FILES = 20;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "MAESTRO's zip or folder, or any folder of MIDI files.")
    private @Nullable Path data;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where encoded corpora are kept (default: cadenza in the user's cache folder).")
    private @Nullable Path cache;

    /** What the options name, said otherwise. */
    public static CorpusOptions of(Path data, @Nullable Path cache) {
        CorpusOptions options = new CorpusOptions();
        options.data = data;
        options.cache = cache;
        return options;
    }

    /**
     * Opens and encodes the corpus that was named, and prints what it holds.
     *
     * @param err where to
     */
    public EncodedCorpus encode(int ticksPerSecond, PrintWriter err) throws IOException, CorpusFormatException {
        Path named = data();
        Corpus corpus = Corpus.open(named);
        EncodedCorpus encoded;
        try (ProgressBar progress =
                ProgressBar.of("encoding", "files", corpus.files().size())) {
            encoded = EncodedCorpus.encode(
                    named, corpus, ticksPerSecond, cache == null ? CacheFolder.ofUser() : cache, progress::update);
        }
        err.printf(
                "%s (%s split): %,d pieces, %,d notes to train on, %,d to validate, %,d to test%n",
                corpus.name(),
                corpus.official() ? "official" : "file hash",
                encoded.pieces().size(),
                encoded.notes(Split.TRAIN),
                encoded.notes(Split.VALIDATION),
                encoded.notes(Split.TEST));
        if (!corpus.official()) {
            corpus.files()
                    .forEach(file -> err.printf("  %-10s %s%n", file.split().label(), file.path()));
        }
        name(err, "skipped", encoded.skipped());
        name(err, "read with a warning", encoded.warned());
        err.flush();
        return encoded;
    }

    /** Counts files and names the first of them, each with what there is to say. */
    private static void name(PrintWriter err, String what, Map<String, String> files) {
        if (files.isEmpty()) {
            return;
        }
        err.printf("%d files %s:%n", files.size(), what);
        new TreeMap<>(files)
                .entrySet().stream()
                        .limit(NAMED_FILES)
                        .forEach(entry -> err.printf("  %s: %s%n", entry.getKey(), entry.getValue()));
        if (files.size() > NAMED_FILES) {
            err.printf("  and %d more%n", files.size() - NAMED_FILES);
        }
    }

    /** The same together with other data that a command line may name. */
    DataSource source(@Nullable Path rolls, PrintWriter err) {
        return new DataSource(data != null, ticksPerSecond -> encode(ticksPerSecond, err), rolls, err);
    }

    private Path data() {
        if (data != null) {
            return data;
        }
        if (command == null) {
            throw new IllegalStateException("no corpus was named");
        }
        throw new ParameterException(command.commandLine(), "Missing required option: '--data=PATH'");
    }
}
