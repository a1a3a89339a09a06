// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.boot4;

import io.github.fallbackai.client.http.SecrecyContract;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.wire.WireConnectionContract;
import io.github.fallbackai.client.http.wire.WireExchangeContract;
import io.github.fallbackai.client.http.wire.WireFailureContract;
import io.github.fallbackai.client.http.wire.WireRouteContract;
import io.github.fallbackai.wire.webclient.WebClientWire;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * Both wires on Netty 4.2 and Spring Framework 7: the contracts that say most about them
 * in a short time. The profile {@code spring-boot-4.1.2} runs all.
 */
@Tag("slow")
class WireContractTests {

	@Nested
	class NettyExchange extends WireExchangeContract {

		NettyExchange() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class NettyFailure extends WireFailureContract {

		NettyFailure() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class NettyConnection extends WireConnectionContract {

		NettyConnection() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class NettyRoute extends WireRouteContract {

		NettyRoute() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class WebClientFailure extends WireFailureContract {

		WebClientFailure() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class WebClientConnection extends WireConnectionContract {

		WebClientConnection() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class WebClientSecrecy extends SecrecyContract {

		WebClientSecrecy() {
			super(WebClientWire::builder);
		}

	}

}
