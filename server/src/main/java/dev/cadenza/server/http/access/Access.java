package dev.cadenza.server.http.access;

import dev.cadenza.server.http.Routes;
import dev.cadenza.server.problem.ProblemException;
import io.javalin.http.Context;

/** Which requests a listener answers. {@link Routes} asks it by the route that answers. */
public interface Access {
    /** Notes whose request it is; done for every request before anything else. */
    void receive(Context ctx);

    /**
     * Asked before a route that is not open to everybody.
     *
     * @throws ProblemException if the request is not to be answered
     */
    void admit(Context ctx) throws ProblemException;

    /** Whether everybody may be told that a path does not exist, or which methods it has. */
    boolean isOpenWithoutRoute(Context ctx);
}
