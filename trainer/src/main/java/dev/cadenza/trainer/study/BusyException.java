package dev.cadenza.trainer.study;

import java.io.IOException;

/** A cell is at work already, in another process; what else there is to do can be done meanwhile. */
final class BusyException extends IOException {
    private static final long serialVersionUID = 1;

    BusyException(String cell) {
        super(cell + " is at work already");
    }
}
