package dev.cadenza.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.ProgressBar;
import dev.cadenza.files.FileProblem;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Shortened;
import dev.cadenza.music.Score;
import dev.cadenza.server.catalog.LiveCatalog;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.GenerateRequest;
import dev.cadenza.server.request.GenerateRequestReader;
import dev.cadenza.server.request.QueryFields;
import dev.cadenza.server.serving.GenerationQueue;
import dev.cadenza.server.serving.GenerationResult;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.TimedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code server generate}: plays one piece into a file. Its options are the fields of {@code /v1/generate}. */
@Command(
        name = "generate",
        description = "Plays one piece into a MIDI file, without HTTP.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        usageHelpAutoWidth = true)
final class GenerateCommand implements Callable<Integer> {
    private static final double MICROS_PER_SECOND = 1e6;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ModelFlags models = new ModelFlags();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "The MIDI file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "NAME[@N]",
            description = "Model to play. Default: the server's default model.")
    private @Nullable String model;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "64-bit random seed. Default: chosen at random and printed.")
    private @Nullable String seed;

    @Option(names = "--notes", paramLabel = "N", description = "New notes, 1..10000. Default: 200.")
    private @Nullable String notes;

    @Option(names = "--seconds", paramLabel = "S", description = "New music in seconds, instead of --notes.")
    private @Nullable String seconds;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "0..2; 0 always takes the likeliest note. Default: 1; 0.95 without a prompt.")
    private @Nullable String temperature;

    @Mixin
    private SteeringFlags steering = new SteeringFlags();

    @Option(names = "--tempo", paramLabel = "BPM", description = "Tempo to write; does not change when notes sound.")
    private @Nullable String tempo;

    @Option(
            names = "--pedal",
            paramLabel = "HOW",
            description = "written: notes as long as they sound; held: as CC 64.")
    private @Nullable String pedal;

    @Option(names = "--prompt", paramLabel = "FILE", description = "MIDI file to continue.")
    private @Nullable Path prompt;

    @Option(names = "--continuation-only", description = "Leave the prompt out of the result.")
    private boolean continuationOnly;

    @Option(names = "--json", description = "Print the figures as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws StartException {
        requireOwnOptions();
        TimedResult<GenerationResult> played = perform();
        GenerationResult performance = played.answer();
        Score score = performance.score(0);
        try {
            Files.write(out, performance.midi());
        } catch (IOException e) {
            throw new StartException("cannot write " + out + ": " + FileProblem.reason(e), e);
        }
        print(performance, score, played.played().toNanos() / 1e9);
        return ExitCode.OK;
    }

    /** An option before the command's name is the server's; it would mean nothing here. */
    private void requireOwnOptions() {
        CommandLine server = commandSpec().commandLine().getParent();
        if (server != null && !server.getParseResult().matchedOptions().isEmpty()) {
            throw new ParameterException(
                    commandSpec().commandLine(),
                    server.getParseResult().matchedOptions().get(0).longestName() + " has no effect before generate");
        }
    }

    private TimedResult<GenerationResult> perform() throws StartException {
        try {
            GenerateRequest request = read();
            try (LiveCatalog catalog = models.openFor(request.model())) {
                return play(request, catalog);
            }
        } catch (ProblemException e) {
            if (e.type() == ProblemType.INVALID_FIELD || e.type() == ProblemType.CONFLICTING_FIELDS) {
                throw new ParameterException(commandSpec().commandLine(), e.detail(), e);
            }
            throw new StartException(e.detail(), e);
        }
    }

    private GenerateRequest read() throws ProblemException, StartException {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "model", model);
        put(fields, "seed", seed);
        put(fields, "notes", notes);
        put(fields, "seconds", seconds);
        put(fields, "temperature", temperature);
        put(fields, "tempo", tempo);
        put(fields, "pedal", pedal);
        steering.addTo(fields);
        put(fields, "include_prompt", continuationOnly ? "false" : null);
        put(fields, "timeout_ms", Long.toString(GenerateRequest.MAX_TIMEOUT.toMillis()));
        GenerateRequestReader reader = new GenerateRequestReader();
        if (prompt == null) {
            return reader.read(QueryFields.of(fields));
        }
        try {
            return reader.read(QueryFields.of(fields), Files.readAllBytes(prompt));
        } catch (IOException e) {
            throw new StartException("cannot read " + prompt + ": " + FileProblem.reason(e), e);
        }
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static TimedResult<GenerationResult> play(GenerateRequest request, LiveCatalog catalog)
            throws ProblemException {
        try (ModelLease lease = catalog.lease(request.model(), request.seed());
                ProgressBar progress = progress(request.options().length())) {
            request.requireSupported(lease.id(), lease.model().description());
            NoteListener listener = note -> {
                progress.update(note.index() + 1L);
                return true;
            };
            return GenerationQueue.play(request, lease, GenerationResult.work(request, lease, listener));
        }
    }

    private static ProgressBar progress(Length length) {
        return length instanceof Length.Notes notes
                ? ProgressBar.of("playing", "notes", notes.count())
                : ProgressBar.ofUnknownTotal("playing", "notes");
    }

    private void print(GenerationResult performance, Score score, double playSeconds) {
        CommandLine command = commandSpec().commandLine();
        int newNotes = performance.variations().get(0).notes().size();
        double logp = performance.variations().get(0).logp();
        double musicSeconds = score.durationMicros() / MICROS_PER_SECOND;
        command.getErr()
                .printf(
                        Locale.ROOT,
                        "%s: %d new notes by %s, seed %d; %.1f s of music in %.1f s%n",
                        out,
                        newNotes,
                        performance.model(),
                        performance.seed(),
                        musicSeconds,
                        playSeconds);
        performance.warnings().forEach(warning -> command.getErr().println("warning: " + warning));
        Shortened shortened = performance.variations().get(0).shortened();
        if (shortened != null) {
            command.getErr()
                    .printf(
                            Locale.ROOT,
                            "shorter than asked (%s): %.1f of %.1f s of new music%n",
                            shortened.reason().code(),
                            shortened.seconds(),
                            shortened.askedSeconds());
        }
        command.getErr().flush();
        if (json) {
            ObjectNode figures = JsonNodeFactory.instance
                    .objectNode()
                    .put("model", performance.model().toString())
                    .put("sha256", performance.sha256())
                    .put("seed", performance.seed())
                    .put("notes", newNotes)
                    .put("nll_nats_per_note", -logp / newNotes)
                    .put("music_seconds", musicSeconds)
                    .put("play_seconds", playSeconds);
            if (shortened != null) {
                figures.putObject("shortened")
                        .put("reason", shortened.reason().code())
                        .put("asked_seconds", shortened.askedSeconds())
                        .put("seconds", shortened.seconds());
            }
            if (!performance.warnings().isEmpty()) {
                performance.warnings().forEach(figures.putArray("warnings")::add);
            }
            command.getOut().println(figures);
            command.getOut().flush();
        }
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec;
    }
}
