package dev.cadenza.server.http.answer;

import dev.cadenza.generation.step.StepTask;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.ModelResult;
import java.util.function.BiFunction;

/** One JSON object, which can hold several variations. */
public final class JsonAnswer<R extends ModelRequest, A extends ModelResult> extends BodyAnswer<R, A> {
    /** @param work what a request is to a model */
    public JsonAnswer(Services services, BiFunction<R, ModelLease, StepTask<A>> work) {
        super(services, work);
    }

    @Override
    public String mediaType() {
        return MediaType.JSON;
    }

    @Override
    byte[] encode(A result) {
        return result.json();
    }
}
