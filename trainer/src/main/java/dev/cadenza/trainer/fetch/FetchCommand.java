package dev.cadenza.trainer.fetch;

import dev.cadenza.console.ExitCode;
import dev.cadenza.console.Terminal;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trainer fetch maestro --to DIR}: downloads a corpus, resumable and checked. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = {
            "Downloads a corpus from its publisher and checks its sha256.",
            "A download that was cut off goes on where it stopped when the command is given again."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class FetchCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CORPUS", description = "What to fetch: maestro (MIDI only, 56 MB).")
    private String name;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the file; made if it is missing.")
    private Path folder;

    @Option(
            names = "--url",
            hidden = true,
            paramLabel = "URL",
            description = "A mirror of the same file; the sha256 stays.")
    private @Nullable URI mirror;

    @Spec
    private CommandSpec spec;

    private final PublishedCorpus corpus;
    private final Download download;

    /** The command as users know it. */
    public FetchCommand() {
        this(PublishedCorpus.MAESTRO, new Download(Terminal.standardError(), Download.Patience.USUAL));
    }

    FetchCommand(PublishedCorpus corpus, Download download) {
        this.corpus = corpus;
        this.download = download;
    }

    @Override
    public Integer call() {
        if (!name.equals(corpus.name())) {
            throw new ParameterException(
                    spec.commandLine(), "CORPUS (" + name + ") is not known, there is: " + corpus.name());
        }
        try {
            Download.Outcome outcome = download.fetch(source(), folder);
            report(outcome, spec.commandLine().getOut());
            return ExitCode.OK;
        } catch (FetchException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted; the same command goes on from there");
        }
    }

    private PublishedCorpus source() {
        if (mirror == null) {
            return corpus;
        }
        try {
            return corpus.at(mirror);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--url: " + e.getMessage(), e);
        }
    }

    private int failed(String why) {
        spec.commandLine().getErr().println("fetch: " + why);
        spec.commandLine().getErr().flush();
        return ExitCode.FAILURE;
    }

    private void report(Download.Outcome outcome, PrintWriter out) {
        String how = outcome.downloaded() ? "fetched" : "already there";
        out.println(corpus.title() + ": " + how + ", " + String.format(Locale.ROOT, "%,d", outcome.bytes())
                + " bytes, sha256 right");
        out.println("File: " + outcome.file());
        out.println("Licence of the data: " + corpus.licence());
        out.println("Cite: " + corpus.citation());
        out.println("Next: trainer train --preset paper --data " + outcome.file() + " --out RUN");
        out.flush();
    }
}
