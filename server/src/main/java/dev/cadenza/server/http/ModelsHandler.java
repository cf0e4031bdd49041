package dev.cadenza.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.http.answer.MediaType;
import dev.cadenza.server.http.jetty.RequestId;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.problem.UnknownModel;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.VersionStatus;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code /v1/models} and the metadata of {@code /v2/models}: what there is and how it stands. */
final class ModelsHandler {
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    private final ModelCatalog catalog;

    ModelsHandler(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    void all(Context ctx) {
        json(ctx, ModelViews.all(catalog));
    }

    void model(Context ctx) throws ProblemException {
        String name = ctx.pathParam("name");
        requireKnown(name);
        json(ctx, ModelViews.model(catalog, name));
    }

    void version(Context ctx) throws ProblemException {
        json(ctx, ModelViews.version(catalog, status(ctx)));
    }

    /** The model's card, as the text that it is. */
    void card(Context ctx) throws ProblemException {
        String card = status(ctx)
                .card()
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "the version has no card, or is not loaded"));
        RequestId.of(ctx);
        ctx.header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .contentType(MediaType.TEXT + ";charset=utf-8")
                .result(card.getBytes(StandardCharsets.UTF_8));
    }

    void metadata(Context ctx) throws ProblemException {
        json(ctx, ModelViews.metadata(catalog, protocolStatus(ctx)));
    }

    /** 200 if it is ready; the protocol wants a 4xx if it is not. */
    void ready(Context ctx) throws ProblemException {
        VersionStatus status = protocolStatus(ctx);
        json(
                ctx,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", status.id().name())
                        .put("ready", status.isReady()));
        ctx.header("Cache-Control", "no-store");
    }

    /** The version that the protocol's path means; it is ready. */
    private VersionStatus protocolStatus(Context ctx) throws ProblemException {
        if (ctx.pathParamMap().containsKey("version")) {
            VersionStatus status = status(ctx);
            if (!status.isReady()) {
                throw new ProblemException(
                        ProblemType.VERSION_NOT_SERVING,
                        status.id() + " is not serving: " + status.reason().orElse(""));
            }
            return status;
        }
        String name = ctx.pathParam("name");
        requireKnown(name);
        VersionId id = catalog.serving(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.VERSION_NOT_SERVING, name + " is not serving: no version of it is good"));
        return status(id);
    }

    private VersionStatus status(Context ctx) throws ProblemException {
        String name = ctx.pathParam("name");
        String version = ctx.pathParam("version");
        requireKnown(name);
        if (!VERSION.matcher(version).matches()) {
            throw unknownVersion(ctx.pathParam("name"));
        }
        return status(new VersionId(name, Integer.parseInt(version)));
    }

    private VersionStatus status(VersionId id) throws ProblemException {
        return catalog.versions().stream()
                .filter(status -> status.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknownVersion(id.name()));
    }

    private void requireKnown(String name) throws ProblemException {
        Set<String> names =
                catalog.versions().stream().map(status -> status.id().name()).collect(Collectors.toSet());
        if (!names.contains(name)) {
            throw UnknownModel.named(name, names);
        }
    }

    private ProblemException unknownVersion(String name) {
        return UnknownModel.version(catalog.versions().stream()
                .filter(status -> status.id().name().equals(name))
                .map(status -> status.id().version())
                .collect(Collectors.toSet()));
    }

    static void json(Context ctx, JsonNode body) {
        RequestId.of(ctx);
        ctx.header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .contentType(MediaType.JSON)
                .result((body + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
