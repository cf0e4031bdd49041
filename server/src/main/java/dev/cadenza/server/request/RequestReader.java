package dev.cadenza.server.request;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of one endpoint. No field is ignored, and what is out of range is refused with a sentence that
 * names field and rule.
 *
 * @param <R> what it reads
 */
public abstract class RequestReader<R extends ModelRequest> {
    /** 2^53 - 16, so that JavaScript keeps every variation's seed exactly. */
    private static final long LARGEST_CHOSEN_SEED = (1L << 53) - 16;

    private final List<String> names;

    /** @param names of all fields that there are */
    protected RequestReader(List<String> names) {
        this.names = names;
    }

    /** Reads a request whose prompt, if any, is a field. */
    public final R read(Fields fields) throws ProblemException {
        CheckedFields checked = CheckedFields.of(fields, names);
        return request(checked, checked.prompt());
    }

    /** Reads a request whose prompt is a MIDI file of its own. */
    public final R read(Fields fields, byte[] midi) throws ProblemException {
        CheckedFields checked = CheckedFields.of(fields, names);
        if (fields.names().contains("prompt")) {
            throw ProblemException.ofField(
                    ProblemType.CONFLICTING_FIELDS, "prompt", "prompt is already given by the MIDI file sent along");
        }
        return request(checked, PromptReader.ofMidi(midi));
    }

    protected abstract R request(CheckedFields fields, @Nullable PromptInput prompt) throws ProblemException;

    /** A seed for a request that gives none. */
    protected static long chooseSeed() {
        return ThreadLocalRandom.current().nextLong(LARGEST_CHOSEN_SEED);
    }

    /** The prompt, where there must be one. */
    protected static PromptInput required(@Nullable PromptInput prompt) throws ProblemException {
        if (prompt == null) {
            throw QueryFields.invalid(
                    "prompt", "is missing: send a MIDI file as the body, or in JSON as base64 or a list of notes");
        }
        return prompt;
    }
}
