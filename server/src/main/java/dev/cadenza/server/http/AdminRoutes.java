package dev.cadenza.server.http;

import io.javalin.http.HandlerType;

/** The admin routes of the core: health, the model repository, labels and rollback. */
final class AdminRoutes {
    private AdminRoutes() {}

    static void add(Routes routes, HealthHandler health, RepositoryHandler repository) {
        routes.get("/v2", health::adminServer);
        routes.getOpen("/v2/health/live", health::live);
        routes.getOpen("/v2/health/ready", health::ready);
        routes.add(HandlerType.POST, "/v2/repository/index", repository::index);
        routes.command(HandlerType.POST, "/v2/repository/models/{name}/load", "load", repository::load);
        routes.command(HandlerType.POST, "/v2/repository/models/{name}/unload", "unload", repository::unload);
        routes.command(HandlerType.PUT, "/v1/models/{name}/labels/{label}", "label", repository::label);
        routes.command(HandlerType.DELETE, "/v1/models/{name}/labels/{label}", "unlabel", repository::unlabel);
        routes.command(HandlerType.POST, "/v1/models/{name}/rollback", "rollback", repository::rollback);
    }
}
