package dev.cadenza.server.command;

import dev.cadenza.server.http.jetty.CannotListenException;
import dev.cadenza.server.http.jetty.Listening;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where the server listens, and the token of the admin listener. */
final class ListenFlags {
    static final String TOKEN_VARIABLE = "CADENZA_ADMIN_TOKEN";

    private static final int MAX_PORT = 65_535;
    private static final int SHORTEST_TOKEN = 16;

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
                    "Address of the admin listener: loading, labels, rollback, metrics. It needs a token unless it is "
                            + "a loopback address. Default: ${DEFAULT-VALUE}")
    private String adminHost = "";

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the admin listener, 0 for any free one. Default: ${DEFAULT-VALUE}")
    private int adminPort;

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            description = "File that holds the admin listener's bearer token, at least " + SHORTEST_TOKEN
                    + " characters, read again when it changes; or set it in the environment as " + TOKEN_VARIABLE
                    + ".")
    private @Nullable Path adminTokenFile;

    /** What cannot be listened on, and which flag to give. */
    static String explain(CannotListenException problem) {
        String port = problem.isAdmin() ? "--admin-port" : "--port";
        String host = problem.isAdmin() ? "--admin-host" : "--host";
        return problem.getMessage()
                + switch (problem.reason()) {
                    case PORT_TAKEN ->
                        "; stop what listens there, or choose another port with " + port + " (0 takes any free one)";
                    case PORT_FORBIDDEN -> "; choose a port from 1024 up with " + port;
                    case HOST_NOT_HERE -> "; choose an address of this machine with " + host;
                    case OTHER -> "; choose another address with " + host + " and " + port;
                };
    }

    /**
     * Where to listen.
     *
     * @param environment of the process, for the token
     */
    Listening listening(CommandLine command, Map<String, String> environment) throws StartException {
        InetSocketAddress address = address(command, "--host", host, "--port", port);
        InetSocketAddress admin = address(command, "--admin-host", adminHost, "--admin-port", adminPort);
        Optional<Supplier<String>> token = token(environment);
        if (token.isEmpty() && !Listening.isLoopback(admin)) {
            throw new StartException("--admin-host " + adminHost
                    + " can be reached from elsewhere: give a token with --admin-token-file or " + TOKEN_VARIABLE);
        }
        return new Listening(address, admin, token);
    }

    private static InetSocketAddress address(
            CommandLine command, String hostFlag, String hostName, String portFlag, int portNumber)
            throws StartException {
        if (portNumber < 0 || portNumber > MAX_PORT) {
            throw new ParameterException(command, portFlag + " (" + portNumber + ") must be 0.." + MAX_PORT);
        }
        InetSocketAddress address = new InetSocketAddress(hostName, portNumber);
        if (address.isUnresolved()) {
            throw new StartException(hostFlag + " (" + hostName + "): there is no such host");
        }
        return address;
    }

    private Optional<Supplier<String>> token(Map<String, String> environment) throws StartException {
        if (adminTokenFile != null) {
            return Optional.of(WatchedFile.open(
                    "--admin-token-file",
                    adminTokenFile,
                    file -> checked(Files.readString(file).strip()),
                    System::nanoTime));
        }
        String token = environment.get(TOKEN_VARIABLE);
        if (token == null) {
            return Optional.empty();
        }
        try {
            String good = checked(token);
            return Optional.of(() -> good);
        } catch (IllegalArgumentException e) {
            throw new StartException(TOKEN_VARIABLE + ": " + e.getMessage(), e);
        }
    }

    private static String checked(String token) {
        if (token.length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException("the token has fewer than " + SHORTEST_TOKEN + " characters");
        }
        return token;
    }
}
