package dev.cadenza.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.server.TinyModel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** README's first command: what the profile {@code serve} starts, with the flags that Maven's JVM has there. */
@Timeout(120)
class ServeProfileTest {
    private static final Path POM = Path.of("pom.xml").toAbsolutePath();
    private static final Path JVM_CONFIG = POM.resolveSibling("../.mvn/jvm.config");
    private static final Pattern URL = Pattern.compile("curl -o piece.mid '([^'?]+)\\?");

    private final XPath path = XPathFactory.newInstance().newXPath();

    private static Document pom() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(POM.toFile());
    }

    private String text(String expression) throws Exception {
        return path.evaluate(expression, pom()).strip();
    }

    private List<String> texts(String expression) throws Exception {
        NodeList nodes = (NodeList) path.evaluate(expression, pom(), XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }

    private static final String PROFILE = "//profile[id='serve']";
    private static final String LAUNCH = PROFILE + "//execution[id='serve']";

    /** The command line that amounts to what the profile does in Maven's own process. */
    private List<String> command() throws Exception {
        assertThat(text(LAUNCH + "/goals/goal")).as("runs in Maven's process").isEqualTo("java");
        assertThat(text(LAUNCH + "//mainClass")).isEqualTo("${launcher.main}");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        try (Stream<String> lines = Files.lines(JVM_CONFIG)) {
            lines.flatMap(line -> Stream.of(line.strip().split(" +")))
                    .filter(flag -> !flag.isEmpty())
                    .forEach(command::add);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), text("//properties/launcher.main")));
        for (String argument : texts(LAUNCH + "//argument")) {
            command.add(
                    argument.equals("${maven.multiModuleProjectDirectory}/models")
                            ? TinyModel.models().toString()
                            : argument);
        }
        command.addAll(List.of("--port", "0", "--admin-port", "0"));
        return command;
    }

    @Test
    void everyMediaTypeIsAnswered() throws Exception {
        Process process = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String url = "";
            for (String line = out.readLine(); line != null && !line.startsWith("Health:"); line = out.readLine()) {
                Matcher matcher = URL.matcher(line);
                url = matcher.find() ? matcher.group(1) : url;
            }
            for (String type : List.of("audio/midi", "application/json", "text/event-stream", "audio/wav")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(url + "?seed=7&notes=10"))
                        .header("Accept", type)
                        .build();
                HttpResponse<byte[]> answer =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
                assertThat(answer.statusCode())
                        .as(type + ": " + new String(answer.body(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(200);
                assertThat(answer.headers().firstValue("content-type").orElse(""))
                        .startsWith(type);
                assertThat(answer.body()).isNotEmpty();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theExportThatSoundNeedsIsTheSameEverywhere() throws Exception {
        String export = "--add-exports java.desktop/com.sun.media.sound=ALL-UNNAMED";
        assertThat(text("//properties/launcher.jvm")).contains(export);
        assertThat(Files.readString(JVM_CONFIG)).contains(export);
    }

    /** What deletes a launcher's folder and what builds it anew go together: both, or neither. */
    @Test
    void aLauncherThatWasBuiltBeforeStays() throws Exception {
        String phase = PROFILE + "//plugin[artifactId='%s']//execution[id='launcher']/phase";
        assertThat(text(phase.formatted("maven-clean-plugin"))).isEqualTo("none");
        assertThat(text(phase.formatted("maven-assembly-plugin"))).isEqualTo("none");
    }
}
