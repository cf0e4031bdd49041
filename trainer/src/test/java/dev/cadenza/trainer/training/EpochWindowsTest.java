package dev.cadenza.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadenza.trainer.corpus.EncodedPiece;
import dev.cadenza.trainer.corpus.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EpochWindowsTest {
    private static final List<EncodedPiece> PIECES = List.of(
            new EncodedPiece("a", Split.TRAIN, 0, 7),
            new EncodedPiece("b", Split.TRAIN, 7, 50),
            new EncodedPiece("c", Split.TRAIN, 57, 203));

    private static List<String> windows(EpochWindows windows) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            list.add(windows.piece(i).path() + windows.from(i));
        }
        return list;
    }

    @Test
    void dependsOnSeedAndEpochAlone() {
        List<String> first = windows(EpochWindows.shuffled(PIECES, 10, 3, 4));

        assertThat(windows(EpochWindows.shuffled(PIECES, 10, 3, 4))).isEqualTo(first);
        assertThat(windows(EpochWindows.shuffled(PIECES, 10, 3, 5))).isNotEqualTo(first);
        assertThat(windows(EpochWindows.shuffled(PIECES, 10, 4, 4))).isNotEqualTo(first);
    }

    @Test
    void staysInsideThePieceAndReachesEveryNoteOverTheEpochs() {
        Set<String> reached = new HashSet<>();
        for (int epoch = 0; epoch < 60; epoch++) {
            EpochWindows windows = EpochWindows.shuffled(PIECES, 10, 1, epoch);
            assertThat(windows(windows)).doesNotHaveDuplicates().contains("a0", "b0", "c0");
            for (int i = 0; i < windows.size(); i++) {
                EncodedPiece piece = windows.piece(i);
                int last = Math.min(windows.from(i) + 10, piece.notes());
                assertThat(windows.from(i) == 0 || windows.from(i) + 10 <= piece.notes())
                        .isTrue();
                for (int target = windows.from(i) + 1; target <= last; target++) {
                    reached.add(piece.path() + target);
                }
            }
        }
        assertThat(reached).hasSize(7 + 50 + 203);
    }

    @Test
    void tilesEveryNoteOnce() {
        assertThat(windows(EpochWindows.tiled(PIECES, 100, 1))).containsExactly("a0", "b0", "c0", "c100", "c200");
        assertThat(windows(EpochWindows.tiled(PIECES, 100, 2))).containsExactly("a0", "c0", "c200");
    }

    @Test
    void sideBySideEveryRowPlaysItsPieceToTheEnd() {
        int rows = 2;
        EpochWindows windows = EpochWindows.sideBySide(PIECES, 10, rows, 3, 0);
        List<String> played = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            if (windows.idle(i)) {
                continue;
            }
            played.add(windows.piece(i).path() + windows.from(i));
            if (windows.from(i) > 0) {
                assertThat(windows.piece(i)).isEqualTo(windows.piece(i - rows));
                assertThat(windows.from(i)).isEqualTo(windows.from(i - rows) + 10);
            } else if (i >= rows) {
                assertThat(windows.from(i - rows) + 10)
                        .isGreaterThanOrEqualTo(windows.piece(i - rows).notes());
            }
        }

        assertThat(windows.size() % rows).isZero();
        assertThat(played).containsExactlyInAnyOrderElementsOf(windows(EpochWindows.tiled(PIECES, 10, 1)));
        assertThat(windows.idle(windows.size() - 1) && windows.idle(windows.size() - 2))
                .isFalse();
    }

    @Test
    void sideBySideOrderDependsOnSeedAndEpoch() {
        List<List<EncodedPiece>> firstPieces = new ArrayList<>();
        for (int epoch = 0; epoch < 8; epoch++) {
            EpochWindows windows = EpochWindows.sideBySide(PIECES, 10, 3, 3, epoch);
            firstPieces.add(List.of(windows.piece(0), windows.piece(1), windows.piece(2)));
        }

        assertThat(new HashSet<>(firstPieces)).hasSizeGreaterThan(2);
        assertThat(EpochWindows.sideBySide(PIECES, 10, 3, 3, 5).piece(0))
                .isEqualTo(EpochWindows.sideBySide(PIECES, 10, 3, 3, 5).piece(0));
    }
}
