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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Commands to the catalogue: the model repository extension of the Open Inference Protocol, labels and rollback. Each
 * answers with the model as it stands then.
 */
final class RepositoryHandler implements AutoCloseable {
    private static final int BODY_BYTES = 1 << 12;
    private static final int COMMAND_THREADS = 8;
    private static final int MOST_COMMANDS = 64;

    private final ModelCatalog catalog;
    private final ModelAdministration administration;
    private final RequestBodies bodies;
    /**
     * Commands may take long, so they do not run on the threads that answer. The catalogue carries them out one after
     * the other, and refuses those that wait too long: they have to reach it for that, while another one takes its
     * time.
     */
    private final ThreadPoolExecutor commandThreads = commandThreads();

    private final UnqueuedRequests unqueued;

    /** What a command does. */
    @FunctionalInterface
    private interface Command<T> {
        void carryOut(T content) throws ProblemException;
    }

    /**
     * For one listener.
     *
     * @param unqueued fails commands that still wait when the server stops
     */
    RepositoryHandler(
            ModelCatalog catalog, ModelAdministration administration, RequestBodies bodies, UnqueuedRequests unqueued) {
        this.catalog = catalog;
        this.administration = administration;
        this.bodies = bodies;
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
        command(ctx, AdminCommandReader::version, version -> {
            noteVersion(ctx, version);
            administration.load(name(ctx), version);
        });
    }

    void unload(Context ctx) throws ProblemException {
        command(ctx, AdminCommandReader::version, version -> {
            noteVersion(ctx, version);
            administration.unload(name(ctx), version);
        });
    }

    private static void noteVersion(Context ctx, OptionalInt version) {
        version.ifPresent(number -> ExchangeNotes.of(ctx).updateCommand(command -> command.withVersion(number)));
    }

    void label(Context ctx) throws ProblemException {
        String label = labelName(ctx);
        command(ctx, AdminCommandReader::label, target -> {
            ExchangeNotes.of(ctx)
                    .updateCommand(known -> known.withVersion(target.version()).withWeight(target.weight()));
            if (target.weight() > 0 && !label.equals(Label.CANARY)) {
                throw ProblemException.ofField(
                        ProblemType.INVALID_FIELD, "weight", "weight is the label " + Label.CANARY + "'s alone");
            }
            administration.label(name(ctx), label, new Label(target.version(), target.weight()));
        });
    }

    void unlabel(Context ctx) throws ProblemException {
        String label = labelName(ctx);
        ctx.future(() -> carryOut(ctx, label, ignored -> administration.unlabel(name(ctx), label)));
    }

    void rollback(Context ctx) throws ProblemException {
        command(
                ctx,
                body -> {
                    AdminCommandReader.requireEmpty(body);
                    return body;
                },
                nothing -> administration.rollback(name(ctx)));
    }

    private <T> void command(Context ctx, RequestBodies.Reading<T> reading, Command<T> command)
            throws ProblemException {
        requireJson(ctx);
        ctx.future(() -> body(ctx, reading).thenCompose(content -> carryOut(ctx, content, command)));
    }

    private <T> CompletableFuture<Void> carryOut(Context ctx, T content, Command<T> command) {
        try {
            CompletableFuture<Void> carriedOut = CompletableFuture.runAsync(
                    () -> {
                        try {
                            command.carryOut(content);
                        } catch (ProblemException e) {
                            throw new CompletionException(e);
                        }
                    },
                    commandThreads);
            unqueued.add(carriedOut);
            return carriedOut.thenRun(() -> answer(ctx));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(ProblemException.retryable(
                    ProblemType.TOO_MANY_REQUESTS, "too many commands wait to be carried out; try again later", 1));
        }
    }

    private void answer(Context ctx) {
        ExchangeNotes.of(ctx).updateCommand(AdminCommand::carriedOut);
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
                            + "' cannot be a label: lower case letters, digits, dots, dashes; at most 32");
        }
        return label;
    }

    private static void requireJson(Context ctx) throws ProblemException {
        // The protocol's own clients send no type.
        if (RequestBodies.isPresent(ctx)
                && ctx.req().getHeader("Content-Type") != null
                && !MediaType.isJson(ctx.req().getHeader("Content-Type"))) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send the command as " + MediaType.JSON);
        }
    }

    private <T> CompletableFuture<T> body(Context ctx, RequestBodies.Reading<T> reading) {
        return bodies.read(ctx, BODY_BYTES, reading);
    }

    private static ThreadPoolExecutor commandThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                COMMAND_THREADS,
                COMMAND_THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_COMMANDS),
                task -> {
                    Thread made = new Thread(task, "cadenza-commands");
                    made.setDaemon(true);
                    return made;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public void close() {
        commandThreads.shutdownNow();
    }
}
