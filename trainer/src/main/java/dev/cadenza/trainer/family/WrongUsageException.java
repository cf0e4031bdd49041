package dev.cadenza.trainer.family;

/** Options of the command line that do not go together. */
public final class WrongUsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** @param message names the option, its value and the rule */
    public WrongUsageException(String message) {
        super(message);
    }
}
