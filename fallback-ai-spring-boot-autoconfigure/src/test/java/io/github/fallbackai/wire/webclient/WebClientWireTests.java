// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.wire.webclient;

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
import org.junit.jupiter.api.Tag;

/**
 * Tests that {@link WebClientWire} is a wire.
 */
@Tag("slow")
class WebClientWireTests {

	@Nested
	class Exchange extends WireExchangeContract {

		Exchange() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class Failure extends WireFailureContract {

		Failure() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class Cancellation extends WireCancellationContract {

		Cancellation() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class Connection extends WireConnectionContract {

		Connection() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class Route extends WireRouteContract {

		Route() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class EndlessResponse extends EndlessResponseContract {

		EndlessResponse() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class AnswerForm extends AnswerFormContract {

		AnswerForm() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class ErrorBodyLimit extends ErrorBodyLimitContract {

		ErrorBodyLimit() {
			super(WebClientWire::builder);
		}

	}

	@Nested
	class Secrecy extends SecrecyContract {

		Secrecy() {
			super(WebClientWire::builder);
		}

	}

}
