import { httpHandler } from '../../shared/platform/http-handler.ts';
import { approveRequest } from './approve-request.ts';
import { cancelRequest } from './cancel-request.ts';
import { confirmRequest } from './confirm-request.ts';
import { dependencies } from './dependencies.ts';
import { getAllocation } from './get-allocation.ts';
import { getPassbook } from './get-passbook.ts';
import { getRequest } from './get-request.ts';
import { grantEntitlement } from './grant-entitlement.ts';
import { listProducerRequests } from './list-producer-requests.ts';
import { listRequests } from './list-requests.ts';
import { rejectRequest } from './reject-request.ts';
import { setPin } from './set-pin.ts';
import { submitRequest } from './submit-request.ts';

export const handler = httpHandler(
  dependencies,
  submitRequest,
  getRequest,
  listProducerRequests,
  cancelRequest,
  confirmRequest,
  getAllocation,
  getPassbook,
  grantEntitlement,
  listRequests,
  approveRequest,
  rejectRequest,
  setPin,
);
