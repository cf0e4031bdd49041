package dev.cadenza.server.command;

import dev.cadenza.console.Deserialization;
import dev.cadenza.console.ExitCode;
import dev.cadenza.console.UsageError;
import dev.cadenza.onnx.device.NativeCalls;
import dev.cadenza.server.catalog.CatalogSettings;
import dev.cadenza.server.catalog.LiveCatalog;
import dev.cadenza.server.http.Addition;
import dev.cadenza.server.http.HttpServer;
import dev.cadenza.server.http.HttpSettings;
import dev.cadenza.server.http.Observers;
import dev.cadenza.server.http.access.AccessLog;
import dev.cadenza.server.http.access.ClientRules;
import dev.cadenza.server.http.access.ExchangeListener;
import dev.cadenza.server.http.jetty.CannotListenException;
import dev.cadenza.server.http.jetty.Listening;
import dev.cadenza.server.metrics.QueueGauges;
import dev.cadenza.server.metrics.ServerMetrics;
import dev.cadenza.server.score.PieceEndpoints;
import dev.cadenza.server.sound.SoundStore;
import dev.cadenza.server.sound.Sounds;
import dev.cadenza.server.sound.WavRenderer;
import dev.cadenza.server.studio.Studio;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code server}: serves models over HTTP; {@code server generate} plays without. */
@Command(
        name = "server",
        description = "Serves piano models over HTTP. Without a command it serves until it is stopped.",
        footer =
                "%nEach setting can also be an environment variable (CADENZA_ADMIN_PORT=8081) or a line of the file"
                        + " that --config names (admin-port = 8081); a flag overrides the environment, which overrides the file.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        usageHelpAutoWidth = true,
        subcommands = {GenerateCommand.class, BenchCommand.class})
public final class ServerMain implements Callable<Integer> {
    /** What comes after the last answers. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Map<String, String> environment;
    private @Nullable SettingSources sources;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ModelFlags models = new ModelFlags();

    @Mixin
    private ListenFlags listen = new ListenFlags();

    @Mixin
    private ServingFlags serving = new ServingFlags();

    @Mixin
    private CatalogFlags catalog = new CatalogFlags();

    @Mixin
    private SoundFlags sound = new SoundFlags();

    @Option(
            names = SettingSources.CONFIG,
            paramLabel = "FILE",
            description = "File of settings, one per line: admin-port = 8081.")
    private @Nullable Path config;

    @Option(
            names = "--check",
            description = "Start on free ports, play a few notes with the default model, report and exit.")
    private boolean check;

    private ServerMain(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs one command; exit codes 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        Deserialization.refuse();
        end(run(System.getenv(), args));
    }

    /** A model that is still being loaded or run must not see its memory go. */
    private static void end(int code) {
        if (NativeCalls.isAny()) {
            StopSignal.halt("a model is still being loaded or run; the process is halted");
        }
        System.exit(code);
    }

    private static int run(Map<String, String> environment, String... args) {
        CommandLine command = commandLine(environment);
        try {
            configure(command, environment, args);
        } catch (StartException e) {
            command.getErr().println("server: " + e.getMessage());
            return ExitCode.FAILURE;
        }
        return command.execute(args);
    }

    /** A command line that has its arguments alone. */
    static CommandLine commandLine() {
        return commandLine(Map.of());
    }

    /** A command line before {@link #configure}. */
    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new ServerMain(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(ServerMain::explain)
                .setExecutionExceptionHandler(ServerMain::report);
    }

    /** Has it look into the environment and the file for what the arguments leave open. */
    static void configure(CommandLine command, Map<String, String> environment, String... args) throws StartException {
        SettingSources sources = SettingSources.of(args, environment, command.getCommandSpec());
        command.<ServerMain>getCommand().sources = sources;
        command.getCommandSpec().defaultValueProvider(sources);
        // A command without HTTP takes the settings that concern it, too.
        command.getSubcommands()
                .values()
                .forEach(other -> other.getCommandSpec()
                        .defaultValueProvider(argument ->
                                argument instanceof OptionSpec option && ModelFlags.NAMES.contains(option.longestName())
                                        ? sources.defaultValue(argument)
                                        : null));
    }

    private static int explain(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        String source = "";
        if (problem.getArgSpec() instanceof OptionSpec option) {
            CommandLine top = command.getParent() == null ? command : command.getParent();
            SettingSources sources = top.<ServerMain>getCommand().sources;
            source = sources == null ? "" : sources.origin(option);
        }
        return UsageError.print(problem, source);
    }

    private static int report(Exception problem, CommandLine command, CommandLine.ParseResult result) throws Exception {
        if (problem instanceof StartException) {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + problem.getMessage());
            return ExitCode.FAILURE;
        }
        throw problem;
    }

    ModelFlags models() {
        return models;
    }

    @Override
    @SuppressWarnings("try") // The lock is held, not used.
    public Integer call() throws StartException, InterruptedException {
        CommandLine command = commandSpec().commandLine();
        Listening where = listen.listening(command, environment);
        ClientRules rules = serving.rules(command);
        HttpSettings settings = new HttpSettings(
                check ? Listening.anyPort() : where,
                serving.limits(command),
                // A check has no key; what keys and rates there are has been read by now.
                check ? ClientRules.OPEN : rules,
                BuildVersion.server(),
                BuildVersion.onnxRuntime());
        WavRenderer renderer = sound.renderer();
        CatalogSettings following = catalog.settings(command, check);
        printSettings(command);

        SoundStore.sweep();
        try (StateLock lock = StateLock.take(check ? null : catalog.state())) {
            Optional<AccessLog> log = serving.accessLog();
            // From here on the end of the process waits for finished().
            StopSignal stop = StopSignal.install();
            try {
                return serve(settings, following, renderer, log, stop);
            } finally {
                try {
                    close(log);
                } finally {
                    stop.finished();
                }
            }
        }
    }

    private int serve(
            HttpSettings settings,
            CatalogSettings following,
            WavRenderer renderer,
            Optional<AccessLog> log,
            StopSignal stop)
            throws StartException, InterruptedException {
        CommandLine command = commandSpec().commandLine();
        PrintWriter out = command.getOut();
        ServerMetrics metrics = new ServerMetrics();
        // HTTP starts while the default model is loaded, and says until then that it is not ready.
        try (LiveCatalog catalog = models.begin(following, metrics)) {
            Studio studio = new Studio(catalog, settings.version());
            List<Addition> additions = List.of(new PieceEndpoints(), new Sounds(renderer), studio, metrics);
            try (HttpServer server = start(settings, catalog, observers(metrics, log), additions)) {
                AtomicBoolean started = new AtomicBoolean();
                stop.guard(
                        () -> {
                            if (started.compareAndSet(false, true)) {
                                catalog.stopStarting();
                            }
                        },
                        settings.limits().stop().plus(LONGEST_END));
                models.await(catalog);
                if (!started.compareAndSet(false, true)) {
                    command.getErr().println("stopping before a model was ready");
                    return ExitCode.OK;
                }
                metrics.watch(
                        catalog,
                        new QueueGauges(server::streams, server::waiting),
                        settings.version(),
                        settings.engine());
                if (check) {
                    out.println(SelfCheck.play(server.url()));
                    return ExitCode.OK;
                }
                out.println(studio.welcome(server.url()));
                out.println("Counters: " + server.adminUrl() + "/metrics");
                out.println("Health: " + server.adminUrl() + "/v2/health/ready. Ctrl-C stops.");
                out.flush();
                stop.await();
                command.getErr().println("stopping; running requests may finish");
            }
        }
        return ExitCode.OK;
    }

    private static Observers observers(ServerMetrics metrics, Optional<AccessLog> log) {
        List<ExchangeListener> exchanges = new ArrayList<>();
        exchanges.add(metrics);
        log.ifPresent(exchanges::add);
        return new Observers(exchanges, metrics);
    }

    private static HttpServer start(
            HttpSettings settings, LiveCatalog catalog, Observers observers, List<Addition> additions)
            throws StartException {
        try {
            return HttpServer.start(settings, catalog, catalog, observers, additions);
        } catch (CannotListenException e) {
            throw new StartException(ListenFlags.explain(e), e);
        }
    }

    private static void close(Optional<AccessLog> log) throws StartException {
        if (log.isPresent()) {
            try {
                log.get().close();
            } catch (IOException e) {
                throw new StartException("the access log cannot be closed: " + e.getMessage(), e);
            }
        }
    }

    /** The configuration as it is in effect. */
    private void printSettings(CommandLine command) {
        PrintWriter err = command.getErr();
        if (sources != null) {
            for (String variable : sources.unknownVariables(commandSpec())) {
                err.println(variable + " is set but is not a setting of this server");
            }
            err.println("settings" + (config == null ? "" : ", with those of " + config) + ":");
            sources.effective(command.getParseResult(), commandSpec()).forEach(err::println);
        }
        err.flush();
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec;
    }
}
