// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import io.github.fallbackai.client.http.AnswerFormContract;
import io.github.fallbackai.client.http.ErrorBodyLimitContract;
import io.github.fallbackai.client.http.SecrecyContract;
import io.github.fallbackai.client.http.wire.EndlessResponseContract;
import io.github.fallbackai.client.http.wire.WireCancellationContract;
import io.github.fallbackai.client.http.wire.WireConnectionContract;
import io.github.fallbackai.client.http.wire.WireExchangeContract;
import io.github.fallbackai.client.http.wire.WireFailureContract;
import io.github.fallbackai.client.http.wire.WireRouteContract;
import org.junit.jupiter.api.Nested;

/**
 * Tests that {@link NettyWire} is a wire.
 */
class NettyWireTests {

	@Nested
	class Exchange extends WireExchangeContract {

		Exchange() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class Failure extends WireFailureContract {

		Failure() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class Cancellation extends WireCancellationContract {

		Cancellation() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class Connection extends WireConnectionContract {

		Connection() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class Route extends WireRouteContract {

		Route() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class EndlessResponse extends EndlessResponseContract {

		EndlessResponse() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class AnswerForm extends AnswerFormContract {

		AnswerForm() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class ErrorBodyLimit extends ErrorBodyLimitContract {

		ErrorBodyLimit() {
			super(NettyWire::builder);
		}

	}

	@Nested
	class Secrecy extends SecrecyContract {

		Secrecy() {
			super(NettyWire::builder);
		}

	}

}
