package dev.cadenza.trainer.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The entries that a checkpoint may have. */
enum CheckpointEntry {
    CONFIGURATION("configuration.json", 1 << 20, true),
    COEFFICIENTS("coefficients.bin", Integer.MAX_VALUE, true),
    UPDATER_STATE("updaterState.bin", Integer.MAX_VALUE, false),
    INFO("cadenza.json", 4 << 20, true),
    /** With the states that a run carries from window to window. */
    TRAINING("training.json", 256 << 20, true),
    PARITY("parity.bin", 64 << 20, true);

    private final String file;
    private final int maxBytes;
    private final boolean required;

    CheckpointEntry(String file, int maxBytes, boolean required) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.required = required;
    }

    /** Its name in the zip. */
    String file() {
        return file;
    }

    /** How large it may be. */
    int maxBytes() {
        return maxBytes;
    }

    boolean required() {
        return required;
    }

    static Optional<CheckpointEntry> of(String file) {
        return Arrays.stream(values()).filter(entry -> entry.file.equals(file)).findFirst();
    }
}
