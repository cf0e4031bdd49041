package dev.cadenza.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.OrderReader;
import dev.cadenza.server.serving.Label;
import dev.cadenza.server.serving.ModelAdministration;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.VersionStatus;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Orders to the catalogue: the model repository extension of the Open Inference Protocol, labels and rollback. Each
 * answers with the model as it stands then.
 */
final class RepositoryHandler {
    private static final int BODY_BYTES = 1 << 12;

    private final ModelCatalog catalog;
    private final ModelAdministration orders;

    RepositoryHandler(ModelCatalog catalog, ModelAdministration orders) {
        this.catalog = catalog;
        this.orders = orders;
    }

    /** Every version, its state in the protocol's words, and why. */
    void index(Context ctx) throws ProblemException, IOException {
        boolean readyOnly = OrderReader.readyOnly(body(ctx));
        ArrayNode index = JsonNodeFactory.instance.arrayNode();
        for (VersionStatus status : catalog.versions()) {
            if (status.isReady() || !readyOnly) {
                index.addObject()
                        .put("name", status.id().name())
                        .put("version", Integer.toString(status.id().version()))
                        .put("state", protocolState(status))
                        .put("reason", status.reason().orElse(""));
            }
        }
        ModelsHandler.json(ctx, index);
        ctx.header("Cache-Control", "no-store");
    }

    private static String protocolState(VersionStatus status) {
        return switch (status.state()) {
            case READY, LOADING -> status.state().name().toUpperCase(Locale.ROOT);
            case UNLOADED, REFUSED -> "UNAVAILABLE";
        };
    }

    void load(Context ctx) throws ProblemException, IOException {
        OptionalInt version = OrderReader.version(body(ctx));
        version.ifPresent(number -> ExchangeNotes.of(ctx).updateOrder(order -> order.withVersion(number)));
        orders.load(name(ctx), version);
        answer(ctx);
    }

    void unload(Context ctx) throws ProblemException, IOException {
        OptionalInt version = OrderReader.version(body(ctx));
        version.ifPresent(number -> ExchangeNotes.of(ctx).updateOrder(order -> order.withVersion(number)));
        orders.unload(name(ctx), version);
        answer(ctx);
    }

    void label(Context ctx) throws ProblemException, IOException {
        String label = labelName(ctx);
        OrderReader.LabelOrder order = OrderReader.label(body(ctx));
        ExchangeNotes.of(ctx)
                .updateOrder(known -> known.withVersion(order.version()).withWeight(order.weight()));
        if (order.weight() > 0 && !label.equals(Label.CANARY)) {
            throw ProblemException.ofField(
                    ProblemType.INVALID_FIELD, "weight", "weight is the label " + Label.CANARY + "'s alone");
        }
        orders.label(name(ctx), label, new Label(order.version(), order.weight()));
        answer(ctx);
    }

    void unlabel(Context ctx) throws ProblemException {
        orders.unlabel(name(ctx), labelName(ctx));
        answer(ctx);
    }

    void rollback(Context ctx) throws ProblemException, IOException {
        OrderReader.requireEmpty(body(ctx));
        orders.rollback(name(ctx));
        answer(ctx);
    }

    private void answer(Context ctx) {
        ExchangeNotes.of(ctx).updateOrder(AdminOrder::carriedOut);
        ModelsHandler.json(ctx, ModelViews.model(catalog, name(ctx)));
        ctx.header("Cache-Control", "no-store");
    }

    private static String name(Context ctx) {
        return ctx.pathParam("name");
    }

    private static String labelName(Context ctx) throws ProblemException {
        String label = ctx.pathParam("label");
        if (!Label.isName(label)) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "'" + ProblemException.quotable(label)
                            + "' can be no label: lower case letters, digits, dots, dashes; at most 32");
        }
        return label;
    }

    private static byte[] body(Context ctx) throws ProblemException, IOException {
        if (!RequestBody.isPresent(ctx)) {
            return new byte[0];
        }
        // The protocol's own clients send no type.
        if (ctx.req().getContentType() != null && !MediaType.isJson(ctx.req().getContentType())) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send the order as " + MediaType.JSON);
        }
        return RequestBody.read(ctx, BODY_BYTES);
    }
}
