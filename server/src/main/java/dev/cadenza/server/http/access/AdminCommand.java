package dev.cadenza.server.http.access;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * A command to the admin listener, for the audit log.
 *
 * @param action such as {@code load}
 * @param model that it concerns, as it was asked for
 * @param label that it concerns; null if none
 * @param version that it concerns; null if none is named, or it was refused before it was read
 * @param weight of the label; null if none was read
 * @param done whether it was carried out
 */
public record AdminCommand(
        String action,
        String model,
        @Nullable String label,
        @Nullable Integer version,
        @Nullable Double weight,
        boolean done) {

    /** What the path says. */
    public static AdminCommand of(String action, Context ctx) {
        return new AdminCommand(
                action, ctx.pathParam("name"), ctx.pathParamMap().get("label"), null, null, false);
    }

    public AdminCommand withVersion(int number) {
        return new AdminCommand(action, model, label, number, weight, done);
    }

    public AdminCommand withWeight(double share) {
        return new AdminCommand(action, model, label, version, share, done);
    }

    public AdminCommand carriedOut() {
        return new AdminCommand(action, model, label, version, weight, true);
    }
}
