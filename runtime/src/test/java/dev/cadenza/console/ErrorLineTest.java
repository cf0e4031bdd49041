package dev.cadenza.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

final class ErrorLineTest {
    @Test
    void staysOneLineWhateverAFileIsCalled() {
        assertThat(ErrorLine.of(new AccessDeniedException("a\nb\u001b[2J\u202e.mid")))
                .isEqualTo("a\\nb\\x1B[2J\\u202E.mid: access denied");
        assertThat(ErrorLine.of(new IOException("Gr\u00f6\u00dfe \ud83c\udfb9\r\n\tx")))
                .isEqualTo("Gr\u00f6\u00dfe \ud83c\udfb9\\r\\n\\tx");
    }
}
