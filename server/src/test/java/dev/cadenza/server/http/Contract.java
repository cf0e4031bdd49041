package dev.cadenza.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** openapi.yaml, and whether answers keep to it: path, status, media type, headers, body. */
final class Contract {
    static final JsonNode DOCUMENT = read();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OPTIONAL_HEADERS = Set.of("ETag", "Server-Timing", "X-Warnings", "X-Shortened");
    private static final String BASE = "urn:cadenza:contract";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(BASE, DOCUMENT.toString())));

    private Contract() {}

    private static JsonNode read() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if the contract does not foresee the answer. */
    static HttpResponse<byte[]> check(HttpResponse<byte[]> response) throws IOException {
        String method = response.request().method();
        String path = response.uri().getPath();
        String what = method + " " + response.uri() + " " + response.statusCode() + " "
                + new String(response.body(), StandardCharsets.UTF_8);
        Optional<String> template = template(path);
        boolean known = template.isPresent()
                && !operation(template.get(), method).isMissingNode()
                // Refused before the path is looked at.
                && response.statusCode() != 400
                // The other listener has it.
                && !isNothingHere(response);
        if (response.statusCode() == 405 || response.statusCode() == 204 || !known) {
            // What is said of paths and methods that there are not is not said of one path.
            if (response.statusCode() >= 400 && !method.equals("HEAD")) {
                checkBody("#/components/schemas/Problem", response.body(), what);
            }
            return response;
        }
        String pointer =
                "/paths/" + escape(template.get()) + "/" + verb(method) + "/responses/" + response.statusCode();
        JsonNode answer = DOCUMENT.at(pointer);
        assertThat(answer.isMissingNode())
                .as("%s is in the contract: %s", pointer, what)
                .isFalse();
        String at = pointer;
        if (answer.has("$ref")) {
            at = answer.get("$ref").asText().substring(1);
            answer = DOCUMENT.at(at);
        }
        for (String header : names(answer.path("headers"))) {
            assertThat(OPTIONAL_HEADERS.contains(header)
                            || response.headers().firstValue(header).isPresent())
                    .as("%s of %s", header, what)
                    .isTrue();
        }
        if (method.equals("HEAD") || response.statusCode() == 304) {
            return response;
        }
        String type = response.headers().firstValue("content-type").orElse("").replaceFirst(";.*", "");
        JsonNode content = answer.path("content").path(type);
        assertThat(content.isMissingNode())
                .as("media type %s of %s", type, what)
                .isFalse();
        if (content.has("schema") && type.endsWith("json")) {
            checkBody("#" + at + "/content/" + escape(type) + "/schema", response.body(), what);
        }
        return response;
    }

    private static boolean isNothingHere(HttpResponse<byte[]> response) throws IOException {
        return response.statusCode() == 404
                && response.body().length > 0
                && JSON.readTree(response.body()).path("code").asText().equals("not_found");
    }

    /** Fails if the body does not have the form that a part of the contract describes. */
    static void checkBody(String pointer, byte[] body, String what) throws IOException {
        List<Error> errors =
                SCHEMAS.getSchema(SchemaLocation.of(BASE + pointer)).validate(JSON.readTree(body));
        assertThat(errors).as(what).isEmpty();
    }

    static JsonNode operation(String template, String method) {
        return DOCUMENT.path("paths").path(template).path(verb(method));
    }

    private static String verb(String method) {
        return method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The path of the contract that this one is. */
    static Optional<String> template(String path) {
        return names(DOCUMENT.path("paths")).stream()
                .filter(template -> path.matches(template.replaceAll("\\{[a-z]+}", "[^/]+")))
                .findFirst();
    }
}
