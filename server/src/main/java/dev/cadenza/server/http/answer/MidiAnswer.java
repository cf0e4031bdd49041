package dev.cadenza.server.http.answer;

import dev.cadenza.generation.step.StepTask;
import dev.cadenza.server.request.ModelRequest;
import dev.cadenza.server.serving.ModelLease;
import dev.cadenza.server.serving.ModelResult;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A MIDI file. */
public final class MidiAnswer<R extends ModelRequest, A extends ModelResult> extends BodyAnswer<R, A>
        implements FileAnswer<R> {
    private final Function<A, byte[]> file;
    private final String label;

    /**
     * For one endpoint.
     *
     * @param work what a request is to a model
     * @param file the bytes of a result's MIDI file
     * @param label what the file's name says between the model's version and the seed
     */
    public MidiAnswer(
            Services services, BiFunction<R, ModelLease, StepTask<A>> work, Function<A, byte[]> file, String label) {
        super(services, work);
        this.file = file;
        this.label = label;
    }

    @Override
    public String mediaType() {
        return MediaType.MIDI;
    }

    @Override
    public String extension() {
        return ".mid";
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    byte[] encode(A result) {
        return file.apply(result);
    }
}
