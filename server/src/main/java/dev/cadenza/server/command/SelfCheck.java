package dev.cadenza.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks a server that has just started for what its users will ask. */
final class SelfCheck {
    private static final String[] TYPES = {"audio/midi", "application/json", "text/event-stream"};
    private static final int PATIENCE_MILLIS = 60_000;

    private SelfCheck() {}

    /**
     * Has the default model play in every form.
     *
     * @param address of the server, such as {@code http://127.0.0.1:8080}
     * @return what played, in one line
     * @throws StartException if an answer is not what it must be
     */
    static String play(String address) throws StartException {
        String model = "";
        for (String type : TYPES) {
            try {
                HttpURLConnection connection = (HttpURLConnection) URI.create(address + "/v1/generate?seed=7&notes=50")
                        .toURL()
                        .openConnection(java.net.Proxy.NO_PROXY);
                connection.setRequestProperty("Accept", type);
                connection.setReadTimeout(PATIENCE_MILLIS);
                if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                    try (InputStream problem = connection.getErrorStream()) {
                        throw new StartException("the check failed: "
                                + new String(problem.readAllBytes(), StandardCharsets.UTF_8).strip());
                    }
                }
                model = String.valueOf(connection.getHeaderField("X-Model"));
                try (InputStream answer = connection.getInputStream()) {
                    if (answer.readAllBytes().length == 0) {
                        throw new StartException("the check failed: the answer as " + type + " is empty");
                    }
                }
            } catch (IOException e) {
                throw new StartException("the check failed: " + e.getMessage(), e);
            }
        }
        return "good: " + model + " plays";
    }
}
