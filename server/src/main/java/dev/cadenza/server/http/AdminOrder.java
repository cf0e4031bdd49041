package dev.cadenza.server.http;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * What the admin listener was told to do, for the audit log.
 *
 * @param action such as {@code load}
 * @param model that it concerns, as it was asked for
 * @param label that it concerns; null if none
 * @param version that it concerns; null if none is named, or it was refused before it was read
 * @param weight of the label; null if none was read
 * @param done whether it was carried out
 */
record AdminOrder(
        String action,
        String model,
        @Nullable String label,
        @Nullable Integer version,
        @Nullable Double weight,
        boolean done) {

    /** What the path says. */
    static AdminOrder of(String action, Context ctx) {
        return new AdminOrder(action, ctx.pathParam("name"), ctx.pathParamMap().get("label"), null, null, false);
    }

    AdminOrder withVersion(int number) {
        return new AdminOrder(action, model, label, number, weight, done);
    }

    AdminOrder withWeight(double share) {
        return new AdminOrder(action, model, label, version, share, done);
    }

    AdminOrder carriedOut() {
        return new AdminOrder(action, model, label, version, weight, true);
    }
}
