package dev.cadenza.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, 203.0.113.7",
        "203.0.113.7:5678, 203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7, 203.0.113.7",
        "[::ffff:203.0.113.7]:80, 203.0.113.7, 203.0.113.7",
        "::ffff:cb00:7107, 203.0.113.7, 203.0.113.7",
        "0:0:0:0:0:ffff:203.0.113.7, 203.0.113.7, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "[2001:DB8:1:2::6]:443, 2001:db8:1:2:0:0:0:6, 2001:db8:1:2::/64",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1, fe80:0:0:0::/64",
        "[::1]:80, 0:0:0:0:0:0:0:1, 0:0:0:0::/64",
    })
    void isTheSameHoweverItIsWritten(String written, String text, String network) {
        ClientAddress address = ClientAddress.parse(written).orElseThrow();
        assertThat(address.text()).isEqualTo(text);
        assertThat(address.network()).isEqualTo(network);
        assertThat(address.isLoopback()).isEqualTo(text.equals("0:0:0:0:0:0:0:1"));
    }

    @Test
    void ofAConnectionItIsTheBytesAlone() throws Exception {
        byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
        InetAddress zoned = Inet6Address.getByAddress(null, bytes, 1);
        assertThat(ClientAddress.of(new InetSocketAddress(zoned, 80)).text()).isEqualTo("fe80:0:0:0:0:0:0:1");
        InetAddress four = InetAddress.getByName("203.0.113.7");
        assertThat(ClientAddress.of(new InetSocketAddress(four, 80)).text()).isEqualTo("203.0.113.7");
    }

    @Test
    void aClosedConnectionIsAnUnknownClients() {
        assertThat(ClientAddress.of(null).text()).isEqualTo("unknown");
        assertThat(ClientAddress.of(null).isLoopback()).isFalse();
        assertThat(ClientAddress.of(null).network()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "unknown", "_hidden", "localhost", "a.example", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4:",
                "1.2.3.4:123456", "1.2.3.4:x", "12345678", "0x7f.1", "::1::", "[::1", "::1]", "[1.2.3.4]:5",
                        "1:2:3:4:5:6:7:8:9",
                "::ffff:1.2.3.400", "beef", "....", "1.2.3.4 5.6.7.8"
            })
    void isNothingElse(String written) {
        assertThat(ClientAddress.parse(written)).isEmpty();
    }
}
