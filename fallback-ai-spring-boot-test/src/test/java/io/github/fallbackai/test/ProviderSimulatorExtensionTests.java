// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProviderSimulatorExtensionTests {

	@RegisterExtension
	static ProviderSimulatorExtension shared = ProviderSimulatorExtension.forEndpoint("primary");

	private static final int PORT = shared.port();

	@RegisterExtension
	ProviderSimulatorExtension own = ProviderSimulatorExtension.create();

	private static ProviderSimulatorExtension ownOfTheFirstTest;

	/** Not of a method: who is collected as garbage closes its connections. */
	private final ChatClient client = new ChatClient(this.own);

	@AfterAll
	static void keptTheSharedOneRunning() {
		assertThat(shared.port()).isEqualTo(PORT);
	}

	@Test
	@Order(1)
	void startsBeforeTheTest() {
		ownOfTheFirstTest = this.own;
		shared.always(Outcome.status(500));

		assertThat(new ChatClient(shared).ask("Hi").statusCode()).isEqualTo(500);
		assertThat(this.client.ask("Hi").statusCode()).isEqualTo(200);
		assertThat(this.own.openConnections()).isPositive();
	}

	@Test
	@Order(2)
	void resetsBeforeEachTest() {
		assertThat(shared.requestCount()).isZero();
		assertThat(new ChatClient(shared).ask("Hi").statusCode()).isEqualTo(200);
		assertThat(shared.port()).isEqualTo(PORT);
	}

	@Test
	@Order(3)
	void closesWhatBelongsToATestAfterIt() {
		assertThat(ownOfTheFirstTest).isNotSameAs(this.own);
		assertThat(ownOfTheFirstTest.openConnections()).isZero();
	}

	@Nested
	class InANestedClass {

		@Test
		void sharesTheSimulatorOfTheClassAround() {
			assertThat(shared.port()).isEqualTo(PORT);
			assertThat(new ChatClient(shared).ask("Hi").statusCode()).isEqualTo(200);
		}

	}

	@Nested
	class InAnotherNestedClass {

		@Test
		void stillSharesIt() {
			assertThat(shared.port()).isEqualTo(PORT);
		}

	}

}
