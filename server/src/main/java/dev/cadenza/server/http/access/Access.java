package dev.cadenza.server.http.access;

import dev.cadenza.server.http.Routes;
import dev.cadenza.server.problem.ProblemException;
import io.javalin.http.Context;

/** Which requests a listener answers. {@link Routes} asks it by the route that answers. */
public interface Access {
    /** Records whose request it is, before anything else. */
    void receive(Context ctx);

    /**
     * Called before a route that is not open to all.
     *
     * @throws ProblemException if the request is not to be answered
     */
    void admit(Context ctx) throws ProblemException;

    /** Whether a client without a key may learn that a path does not exist, or which methods it has. */
    boolean isOpenWithoutRoute(Context ctx);
}
