package dev.cadenza.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class CacheFolderTest {
    @TempDir
    private Path folder;

    @Test
    void isBelowTheCacheOrAtHome() throws Exception {
        String home = folder.toString();

        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "/x"), home, folder)).isEqualTo(Path.of("/x/cadenza"));
        assertThat(CacheFolder.of(Map.of(), home, folder)).isEqualTo(folder.resolve(".cache/cadenza"));
        assertThat(CacheFolder.of(Map.of("HOME", home), "?", folder)).isEqualTo(folder.resolve(".cache/cadenza"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aUserWithoutAHomeHasAFolderOfItsOwn() throws Exception {
        Path own = CacheFolder.of(Map.of(), "?", folder);

        assertThat(own).hasParent(folder).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
        assertThat(CacheFolder.of(Map.of("HOME", "/nowhere"), "/nonexistent", folder))
                .isEqualTo(own);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(own);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFolderThatOthersMayWriteToIsNotTaken() throws Exception {
        Path own = CacheFolder.of(Map.of(), null, folder);
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> CacheFolder.of(Map.of(), "?", folder)).hasMessageContaining("XDG_CACHE_HOME");

        Files.delete(own);
        Files.createSymbolicLink(own, Files.createDirectory(folder.resolve("elsewhere")));
        assertThatThrownBy(() -> CacheFolder.of(Map.of(), "?", folder)).hasMessageContaining("another user");
    }
}
