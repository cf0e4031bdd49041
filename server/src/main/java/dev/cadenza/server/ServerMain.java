package dev.cadenza.server;

import dev.cadenza.console.ExitCode;
import dev.cadenza.server.catalog.LiveCatalog;
import dev.cadenza.server.http.HttpLimits;
import dev.cadenza.server.http.HttpServer;
import dev.cadenza.server.http.Listening;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code server}: serves models over HTTP; {@code server generate} plays without. */
@Command(
        name = "server",
        description = "Serves piano models over HTTP. Without a command it serves until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        usageHelpAutoWidth = true,
        subcommands = {GenerateCommand.class, BenchCommand.class})
public final class ServerMain implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;
    private static final int SHORTEST_TOKEN = 16;
    private static final double SHORTEST_POLL = 0.1;
    private static final double LONGEST_POLL = 86_400;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ModelFlags models = new ModelFlags();

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to listen on, 0 for any free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--admin-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description =
                    "Address of the admin listener: loading, labels, rollback. It needs a token unless it is this "
                            + "machine's own. Default: ${DEFAULT-VALUE}")
    private String adminHost = "";

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the admin listener, 0 for any free one. Default: ${DEFAULT-VALUE}")
    private int adminPort;

    @Option(
            names = "--default-model",
            paramLabel = "NAME",
            description = "The model of a request that names none. Default: maestro-performer, else the only one, else "
                    + "maestro-paper")
    private @Nullable String defaultModel;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder that keeps labels and what was unloaded or rolled back. Without it they end with the "
                    + "server.")
    private @Nullable Path state;

    @Option(
            names = "--poll",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "Time between two looks at the models folder, 0.1..86400; 0 looks once. Default: ${DEFAULT-VALUE}")
    private double poll;

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            description =
                    "File that holds the admin listener's bearer token, at least " + SHORTEST_TOKEN + " characters.")
    private @Nullable Path adminTokenFile;

    @Option(
            names = "--soundfont",
            paramLabel = "FILE",
            description = "SF2 sound bank for audio/wav. Answers are MIDI and JSON so far: it is not read.")
    private @Nullable Path soundFont;

    private ServerMain() {}

    /** Runs one command; exit codes 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ServerMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(ServerMain::report);
    }

    private static int report(Exception problem, CommandLine command, CommandLine.ParseResult result) throws Exception {
        if (problem instanceof StartException) {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + problem.getMessage());
            return ExitCode.FAILURE;
        }
        throw problem;
    }

    @Override
    public Integer call() throws StartException, InterruptedException {
        CommandLine command = commandSpec().commandLine();
        PrintWriter out = command.getOut();
        InetSocketAddress address = address("--port", host, port);
        InetSocketAddress adminAddress = address("--admin-port", adminHost, adminPort);
        Listening where = listening(address, adminAddress);
        checkFiles(command.getErr());

        StopSignal stop = StopSignal.install();
        try (LiveCatalog catalog = models.open(new LiveCatalog.Settings(defaultModel, pollEvery(), state, true));
                HttpServer server = start(where, catalog)) {
            out.println(server.welcome());
            out.println("Admin: http://" + adminHost + ":" + server.adminPort() + ". Ctrl-C stops.");
            out.flush();
            stop.await();
            command.getErr().println("stopping; running requests may finish");
        } finally {
            stop.finished();
        }
        return ExitCode.OK;
    }

    private Duration pollEvery() {
        if (poll != 0 && !(poll >= SHORTEST_POLL && poll <= LONGEST_POLL)) {
            throw new ParameterException(
                    commandSpec().commandLine(),
                    "--poll (" + poll + ") must be 0 or " + SHORTEST_POLL + ".." + LONGEST_POLL + " seconds");
        }
        return Duration.ofMillis(Math.round(poll * 1000));
    }

    private Listening listening(InetSocketAddress address, InetSocketAddress adminAddress) throws StartException {
        Optional<String> token = Optional.empty();
        if (adminTokenFile != null) {
            try {
                token = Optional.of(Files.readString(adminTokenFile).strip());
            } catch (IOException e) {
                throw new StartException("--admin-token-file: " + adminTokenFile + " cannot be read", e);
            }
            if (token.get().length() < SHORTEST_TOKEN) {
                throw new StartException("--admin-token-file: the token in " + adminTokenFile + " has fewer than "
                        + SHORTEST_TOKEN + " characters");
            }
        } else if (!Listening.isLoopback(adminAddress)) {
            throw new StartException("--admin-host " + adminHost
                    + " can be reached from elsewhere: give a token with --admin-token-file");
        }
        return new Listening(address, adminAddress, token);
    }

    private static HttpServer start(Listening where, LiveCatalog catalog) throws StartException {
        try {
            return HttpServer.start(
                    where, catalog, catalog, HttpLimits.standard(), BuildVersion.server(), BuildVersion.onnxRuntime());
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private InetSocketAddress address(String flag, String hostName, int portNumber) throws StartException {
        if (portNumber < 0 || portNumber > MAX_PORT) {
            throw new ParameterException(
                    commandSpec().commandLine(), flag + " (" + portNumber + ") must be 0.." + MAX_PORT);
        }
        InetSocketAddress address = new InetSocketAddress(hostName, portNumber);
        if (address.isUnresolved()) {
            throw new StartException("there is no host " + hostName);
        }
        return address;
    }

    /** What is given must be there, even where it is of no use yet, and that is said. */
    private void checkFiles(PrintWriter err) throws StartException {
        if (soundFont != null) {
            if (!Files.isRegularFile(soundFont) || !Files.isReadable(soundFont)) {
                throw new StartException("--soundfont: " + soundFont + " is not a file that can be read");
            }
            err.println("--soundfont " + soundFont + " is not used: answers are MIDI and JSON, not sound");
        }
        if (state != null) {
            if (!Files.isDirectory(state) || !Files.isWritable(state)) {
                throw new StartException("--state: " + state + " is not a folder that can be written to");
            }
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
