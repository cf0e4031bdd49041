package dev.cadenza.server.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:80",
        "localhost, http://localhost:80",
        "0.0.0.0, http://127.0.0.1:80",
        "::1, http://[::1]:80",
        "[::1], http://[::1]:80",
        "::2, http://[::2]:80",
        "::, http://[::1]:80",
        "2001:db8::7, http://[2001:db8::7]:80",
    })
    void isWrittenAsInAUrl(String host, String url) {
        assertThat(Address.url(new InetSocketAddress(host, 8080), 80)).isEqualTo(url);
        assertThat(URI.create(url).getHost()).isNotNull();
    }

    @Test
    void aZoneIsEscaped() {
        assertThat(Address.authority(InetSocketAddress.createUnresolved("fe80::1%eth0", 8080)))
                .isEqualTo("[fe80::1%25eth0]:8080");
    }
}
