package dev.cadenza.trainer.checkpoint;

/** A file that is not a checkpoint of this project, or a damaged one: what is wrong and where. */
public final class CheckpointFormatException extends Exception {
    public CheckpointFormatException(String message) {
        super(message);
    }

    public CheckpointFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
