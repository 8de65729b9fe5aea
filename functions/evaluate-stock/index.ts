import { alertStore } from '../../shared/alerts/alert-store.ts';
import { evaluateStockAlerts, readOverdueQuantities } from '../../shared/alerts/stock-alert-service.ts';
import { allocationRunStore } from '../../shared/materials/allocation-run-store.ts';
import { requestStore } from '../../shared/materials/request-store.ts';
import { reduceReservations } from '../../shared/materials/reservation-service.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { tableStream } from '../../shared/platform/stream-handler.ts';
import { registryStore } from '../../shared/registry/registry-store.ts';
import { stockStore } from '../../shared/stock/stock-store.ts';
import { transferStore } from '../../shared/transfers/transfer-store.ts';
import { evaluateStockChange, loadItems } from './evaluate-stock.ts';

const dependencies = ({ clock, count, tables }: Runtime) => {
  const stock = stockStore(tables);
  const registry = registryStore(tables);
  const alerts = alertStore(tables);
  const requests = requestStore(tables);
  const runs = allocationRunStore(tables);
  const transfers = transferStore(tables);
  const overdue = readOverdueQuantities({ transfers, clock });
  return {
    count,
    evaluateStock: evaluateStockAlerts({ stock, registry, alerts, overdueOf: overdue, clock }),
    registry,
    reduceReservations: reduceReservations({ stock, requests, runs, registry, clock }),
    stock,
  };
};

export const handler = tableStream(dependencies, {
  read: ({ stock }, image) => stock.inImage(image),
  prepare: loadItems,
  process: evaluateStockChange,
});
