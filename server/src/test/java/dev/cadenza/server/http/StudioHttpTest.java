package dev.cadenza.server.http;

import static dev.cadenza.server.http.RunningServer.assertProblem;
import static dev.cadenza.server.http.RunningServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The studio's files: all that the page asks for is here, and nothing of it is elsewhere. */
class StudioHttpTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"|from '([^']+)'");

    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RunningServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everythingThatIsReferredToIsServedFromHere() throws Exception {
        Deque<String> open = new ArrayDeque<>(Set.of("/"));
        Set<String> seen = new TreeSet<>(open);
        while (!open.isEmpty()) {
            HttpResponse<byte[]> answer = server.get(open.remove(), "Accept", "text/html,*/*;q=0.8");
            assertThat(answer.statusCode()).as("%s", answer.uri()).isEqualTo(200);
            String type = header(answer, "content-type");
            if (!type.startsWith("text/html") && !type.startsWith("text/javascript")) {
                continue;
            }
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("https://")
                    .doesNotContain("http://");
            Matcher reference = REFERENCE.matcher(text);
            while (reference.find()) {
                String path = reference.group(1) == null ? reference.group(2) : reference.group(1);
                String absolute = path.startsWith("./") ? "/studio/" + path.substring(2) : path;
                assertThat(absolute).as("in %s", answer.uri()).startsWith("/");
                if (seen.add(absolute)) {
                    open.add(absolute);
                }
            }
        }
        assertThat(seen).contains("/studio/main.js", "/studio/studio.css", "/studio/icon.svg", "/openapi.yaml");
    }

    @Test
    void thePolicyLetsNothingInFromElsewhere() throws Exception {
        String policy = header(server.get("/", "Accept", "text/html"), "content-security-policy");
        assertThat(policy)
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe")
                .doesNotContain("http");
        assertThat(header(server.get("/studio/main.js"), "content-security-policy"))
                .isEqualTo(policy);
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws Exception {
        for (String path : new String[] {"/", "/studio/main.js"}) {
            String tag = header(server.get(path, "Accept", "text/html,*/*;q=0.8"), "etag");
            assertThat(tag).isNotEmpty();
            assertThat(server.get(path, "Accept", "text/html,*/*;q=0.8", "If-None-Match", tag)
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void thereIsNothingElse() throws Exception {
        assertProblem(server.get("/studio/none.js"), 404, "not_found");
        assertProblem(server.get("/studio/index.html"), 404, "not_found");
        assertThat(server.get("/studio/..%2fopenapi.yaml").statusCode()).isEqualTo(400);
    }
}
