// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

class InMemorySpendStoreTests extends SpendStoreContract {

	private final InMemoryStateStore store = new InMemoryStateStore();

	@Override
	protected SpendStore connect() {
		return this.store;
	}

}
