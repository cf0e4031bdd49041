package dev.cadenza.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cadenza.server.http.access.AdminCommand;
import dev.cadenza.server.http.access.ExchangeNotes;
import dev.cadenza.server.http.answer.MediaType;
import dev.cadenza.server.http.jetty.RequestBodies;
import dev.cadenza.server.http.jetty.UnqueuedRequests;
import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.request.AdminCommandReader;
import dev.cadenza.server.serving.Label;
import dev.cadenza.server.serving.ModelAdministration;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.VersionStatus;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * AdminCommands to the catalogue: the model repository extension of the Open Inference Protocol, labels and rollback. Each
 * answers with the model as it stands then.
 */
final class RepositoryHandler {
    private static final int BODY_BYTES = 1 << 12;

    private final ModelCatalog catalog;
    private final ModelAdministration orders;
    private final RequestBodies bodies;
    private final Executor orderThreads;
    private final UnqueuedRequests unqueued;

    /** What an order does. */
    @FunctionalInterface
    private interface Order<T> {
        void carryOut(T content) throws ProblemException;
    }

    /**
     * For one listener.
     *
     * @param orderThreads carry out orders, which may take long
     * @param unqueued tells who still waits for an order when the server stops
     */
    RepositoryHandler(
            ModelCatalog catalog,
            ModelAdministration orders,
            RequestBodies bodies,
            Executor orderThreads,
            UnqueuedRequests unqueued) {
        this.catalog = catalog;
        this.orders = orders;
        this.bodies = bodies;
        this.orderThreads = orderThreads;
        this.unqueued = unqueued;
    }

    /** Every version, its state in the protocol's words, and why. */
    void index(Context ctx) throws ProblemException {
        requireJson(ctx);
        ctx.future(() -> body(ctx, AdminCommandReader::readyOnly).thenAccept(readyOnly -> index(ctx, readyOnly)));
    }

    private void index(Context ctx, boolean readyOnly) {
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

    void load(Context ctx) throws ProblemException {
        order(ctx, AdminCommandReader::version, version -> {
            tellVersion(ctx, version);
            orders.load(name(ctx), version);
        });
    }

    void unload(Context ctx) throws ProblemException {
        order(ctx, AdminCommandReader::version, version -> {
            tellVersion(ctx, version);
            orders.unload(name(ctx), version);
        });
    }

    private static void tellVersion(Context ctx, OptionalInt version) {
        version.ifPresent(number -> ExchangeNotes.of(ctx).updateOrder(order -> order.withVersion(number)));
    }

    void label(Context ctx) throws ProblemException {
        String label = labelName(ctx);
        order(ctx, AdminCommandReader::label, order -> {
            ExchangeNotes.of(ctx)
                    .updateOrder(known -> known.withVersion(order.version()).withWeight(order.weight()));
            if (order.weight() > 0 && !label.equals(Label.CANARY)) {
                throw ProblemException.ofField(
                        ProblemType.INVALID_FIELD, "weight", "weight is the label " + Label.CANARY + "'s alone");
            }
            orders.label(name(ctx), label, new Label(order.version(), order.weight()));
        });
    }

    void unlabel(Context ctx) throws ProblemException {
        String label = labelName(ctx);
        ctx.future(() -> carryOut(ctx, label, ignored -> orders.unlabel(name(ctx), label)));
    }

    void rollback(Context ctx) throws ProblemException {
        order(
                ctx,
                body -> {
                    AdminCommandReader.requireEmpty(body);
                    return body;
                },
                nothing -> orders.rollback(name(ctx)));
    }

    private <T> void order(Context ctx, RequestBodies.Reading<T> reading, Order<T> order) throws ProblemException {
        requireJson(ctx);
        ctx.future(() -> body(ctx, reading).thenCompose(content -> carryOut(ctx, content, order)));
    }

    private <T> CompletableFuture<Void> carryOut(Context ctx, T content, Order<T> order) {
        try {
            CompletableFuture<Void> carriedOut = CompletableFuture.runAsync(
                    () -> {
                        try {
                            order.carryOut(content);
                        } catch (ProblemException e) {
                            throw new CompletionException(e);
                        }
                    },
                    orderThreads);
            unqueued.add(carriedOut);
            return carriedOut.thenRun(() -> answer(ctx));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(ProblemException.retryable(
                    ProblemType.TOO_MANY_REQUESTS, "too many orders wait to be carried out; try again later", 1));
        }
    }

    private void answer(Context ctx) {
        ExchangeNotes.of(ctx).updateOrder(AdminCommand::carriedOut);
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

    private static void requireJson(Context ctx) throws ProblemException {
        // The protocol's own clients send no type.
        if (RequestBodies.isPresent(ctx)
                && ctx.req().getHeader("Content-Type") != null
                && !MediaType.isJson(ctx.req().getHeader("Content-Type"))) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send the order as " + MediaType.JSON);
        }
    }

    private <T> CompletableFuture<T> body(Context ctx, RequestBodies.Reading<T> reading) {
        return bodies.read(ctx, BODY_BYTES, reading);
    }
}
